# METADATA
# title: Memory is not requested
# description: Without a memory request the scheduler cannot tell whether a node has room, and the container is among the first to be evicted.
# scope: package
# related_resources:
#   - https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/
# custom:
#   id: KSV016
#   aliases: []
#   severity: LOW
#   recommended_action: Set `resources.requests.memory` on each container.
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
package builtin.kubernetes.KSV016

import rego.v1

import data.builtin.lib.kubernetes

deny contains res if {
	some container in kubernetes.resource_containers
	not kubernetes.resource(container, "requests", "memory")
	res := result.new(
		sprintf("%s should set 'resources.requests.memory'", [kubernetes.container_subject(container)]),
		container,
	)
}
