# METADATA
# title: NET_RAW capability is added
# description: NET_RAW allows crafting packets of any kind, with which a container can spoof addresses and intercept the traffic of its neighbours.
# scope: package
# related_resources:
#   - https://man7.org/linux/man-pages/man7/capabilities.7.html
#   - https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline
# custom:
#   id: KSV119
#   aliases: []
#   severity: HIGH
#   recommended_action: Remove NET_RAW from `securityContext.capabilities.add`, and ALL, which includes it.
#   compliance:
#     pss: [baseline]
#     pss-control: ["Capabilities"]
#     cis-k8s: ["5.2.8"]
#     nsa: [capabilities]
#     nist-800-53: ["AC-6", "SC-7"]
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
package builtin.kubernetes.KSV119

import rego.v1

import data.builtin.lib.kubernetes

deny contains res if {
	some resolved in kubernetes.resolved_containers
	some added in resolved.added
	added in {"NET_RAW", "ALL"}
	res := result.new(
		sprintf("%s should not add '%s' to 'securityContext.capabilities.add'", [resolved.subject, added]),
		resolved.container,
	)
}
