# METADATA
# title: CPU is not limited
# description: A container without a CPU limit can take the node's processors from its neighbours.
# scope: package
# related_resources:
#   - https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/
# custom:
#   id: KSV011
#   aliases: []
#   severity: LOW
#   recommended_action: Set `resources.limits.cpu` on each container.
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
package builtin.kubernetes.KSV011

import rego.v1

import data.builtin.lib.kubernetes

deny contains res if {
	some container in kubernetes.resource_containers
	not kubernetes.resource(container, "limits", "cpu")
	res := result.new(
		sprintf("%s should set 'resources.limits.cpu'", [kubernetes.container_subject(container)]),
		container,
	)
}
