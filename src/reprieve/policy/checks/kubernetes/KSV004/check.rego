# METADATA
# title: No capability is dropped
# description: The container keeps every capability that the runtime gives by default, which few programs need.
# scope: package
# related_resources:
#   - https://kubernetes.io/docs/tasks/configure-pod-container/security-context/#set-capabilities-for-a-container
# custom:
#   id: KSV004
#   aliases: []
#   severity: LOW
#   recommended_action: Set `securityContext.capabilities.drop`, best to `[ALL]`.
#   compliance:
#     cis-k8s: ["5.2.10"]
#     nsa: [capabilities]
#     nist-800-53: ["AC-6", "CM-7"]
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
package builtin.kubernetes.KSV004

import rego.v1

import data.builtin.lib.kubernetes

deny contains res if {
	not kubernetes.is_windows
	some resolved in kubernetes.resolved_containers
	count(resolved.dropped) == 0
	res := result.new(
		sprintf("%s should drop capabilities in 'securityContext.capabilities.drop'", [resolved.subject]),
		resolved.container,
	)
}
