# METADATA
# title: CPU is not requested
# description: Without a CPU request the scheduler cannot tell whether a node has room, and the container gets what is left over.
# scope: package
# related_resources:
#   - https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/
# custom:
#   id: KSV015
#   aliases: []
#   severity: LOW
#   recommended_action: Set `resources.requests.cpu` on each container.
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
package builtin.kubernetes.KSV015

import rego.v1

import data.builtin.lib.kubernetes

deny contains res if {
	some container in kubernetes.resource_containers
	not kubernetes.resource(container, "requests", "cpu")
	res := result.new(
		sprintf("%s should set 'resources.requests.cpu'", [kubernetes.container_subject(container)]),
		container,
	)
}
