# METADATA
# title: Privileged port is used
# description: To listen below 1024 a process needs root or NET_BIND_SERVICE on most nodes, so that the container gets more rights than it needs.
# scope: package
# related_resources:
#   - https://kubernetes.io/docs/concepts/services-networking/service/
# custom:
#   id: KSV117
#   aliases: []
#   severity: MEDIUM
#   recommended_action: Listen on a port of 1024 or above, and let the Service map the low port to it.
#   compliance:
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
package builtin.kubernetes.KSV117

import rego.v1

import data.builtin.lib.kubernetes

deny contains res if {
	some resolved in kubernetes.resolved_containers
	port := resolved.container.ports[_]
	is_number(port.containerPort)
	port.containerPort < 1024
	res := result.new(sprintf("%s should not listen on the port %v", [resolved.subject, port.containerPort]), port)
}
