# METADATA
# title: SYS_MODULE capability is added
# description: SYS_MODULE allows loading modules into the node's kernel, which gives full control of the node.
# scope: package
# related_resources:
#   - https://man7.org/linux/man-pages/man7/capabilities.7.html
#   - https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline
# custom:
#   id: KSV120
#   aliases: []
#   severity: HIGH
#   recommended_action: Remove SYS_MODULE from `securityContext.capabilities.add`, and ALL, which includes it.
#   compliance:
#     pss: [baseline]
#     pss-control: ["Capabilities"]
#     cis-k8s: ["5.2.9"]
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
package builtin.kubernetes.KSV120

import rego.v1

import data.builtin.lib.kubernetes

deny contains res if {
	some resolved in kubernetes.resolved_containers
	some added in resolved.added
	added in {"SYS_MODULE", "ALL"}
	res := result.new(
		sprintf("%s should not add '%s' to 'securityContext.capabilities.add'", [resolved.subject, added]),
		resolved.container,
	)
}
