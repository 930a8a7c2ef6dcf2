# METADATA
# title: Container is privileged
# description: A privileged container has all capabilities and all devices of the node, and none of the usual confinement. Who controls it controls the node.
# scope: package
# related_resources:
#   - https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline
# custom:
#   id: KSV017
#   aliases: []
#   severity: HIGH
#   recommended_action: Remove `securityContext.privileged` or set it to false.
#   compliance:
#     pss: [baseline]
#     pss-control: ["Privileged Containers"]
#     cis-k8s: ["5.2.2"]
#     nsa: [privileged-containers]
#     nist-800-53: ["AC-6", "SC-39"]
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
package builtin.kubernetes.KSV017

import rego.v1

import data.builtin.lib.kubernetes

deny contains res if {
	some resolved in kubernetes.resolved_containers
	resolved.context.privileged == true
	res := result.new(
		sprintf("%s should not set 'securityContext.privileged' to true", [resolved.subject]),
		resolved.container,
	)
}
