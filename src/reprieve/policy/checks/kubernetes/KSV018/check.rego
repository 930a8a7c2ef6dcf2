# METADATA
# title: Memory is not limited
# description: A container without a memory limit can use up the node's memory, until the node kills others to survive.
# scope: package
# related_resources:
#   - https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/
# custom:
#   id: KSV018
#   aliases: []
#   severity: LOW
#   recommended_action: Set `resources.limits.memory` on each container.
#   compliance:
#     nsa: [resource-policies]
#     nist-800-53: ["SC-5", "SC-6"]
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
package builtin.kubernetes.KSV018

import rego.v1

import data.builtin.lib.kubernetes

deny contains res if {
	some container in kubernetes.resource_containers
	not kubernetes.resource(container, "limits", "memory")
	res := result.new(
		sprintf("%s should set 'resources.limits.memory'", [kubernetes.container_subject(container)]),
		container,
	)
}
