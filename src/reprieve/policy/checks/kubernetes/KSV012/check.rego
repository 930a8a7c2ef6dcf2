# METADATA
# title: Container may run as root
# description: Unless `runAsNonRoot` is true the container may run as uid 0, and a way out of it then ends as root on the node.
# scope: package
# related_resources:
#   - https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted
# custom:
#   id: KSV012
#   aliases: []
#   severity: MEDIUM
#   recommended_action: Set `securityContext.runAsNonRoot` to true on the pod or on each container, and give the image a user of its own.
#   compliance:
#     pss: [restricted]
#     pss-control: ["Running as Non-root"]
#     cis-k8s: ["5.2.7"]
#     nsa: [non-root-containers]
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
package builtin.kubernetes.KSV012

import rego.v1

import data.builtin.lib.kubernetes

deny contains res if {
	some resolved in kubernetes.resolved_containers
	not resolved.context.runAsNonRoot == true
	res := result.new(
		sprintf("%s should set 'securityContext.runAsNonRoot' to true", [resolved.subject]),
		resolved.container,
	)
}
