# METADATA
# title: Privilege escalation is allowed
# description: A process in the container can gain more rights than its parent, for example through a setuid binary. The default allows it.
# scope: package
# related_resources:
#   - https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted
#   - https://kubernetes.io/docs/tasks/configure-pod-container/security-context/
# custom:
#   id: KSV001
#   aliases: []
#   severity: MEDIUM
#   recommended_action: Set `securityContext.allowPrivilegeEscalation` to false on each container.
#   compliance:
#     pss: [restricted]
#     pss-control: ["Privilege Escalation"]
#     cis-k8s: ["5.2.6"]
#     nsa: [privilege-escalation]
#     nist-800-53: ["AC-6"]
#   input:
#     selector:
#       - type: kubernetes
#         subtypes:
#           - kind: Pod
#           - kind: Deployment
#           - kind: StatefulSet
#           - kind: DaemonSet
#           - kind: ReplicaSet
#           - kind: ReplicationController
#           - kind: DeploymentConfig
#           - kind: Job
#           - kind: CronJob
#           - kind: PodTemplate
package builtin.kubernetes.KSV001

import rego.v1

import data.builtin.lib.kubernetes

deny contains res if {
	not kubernetes.is_windows
	some resolved in kubernetes.resolved_containers
	not resolved.context.allowPrivilegeEscalation == false
	res := result.new(
		sprintf("%s should set 'securityContext.allowPrivilegeEscalation' to false", [resolved.subject]),
		resolved.container,
	)
}
