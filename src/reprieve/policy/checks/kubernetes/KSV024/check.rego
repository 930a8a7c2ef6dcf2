# METADATA
# title: Port of the node is used
# description: A host port opens the container on the address of its node, past Services and network policies, and takes that port from all else there.
# scope: package
# related_resources:
#   - https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline
# custom:
#   id: KSV024
#   aliases: []
#   severity: HIGH
#   recommended_action: Remove `hostPort` and put a Service in front of the pods.
#   compliance:
#     pss: [baseline]
#     pss-control: ["Host Ports"]
#     cis-k8s: ["5.2.13"]
#     nsa: [host-network]
#     nist-800-53: ["AC-4", "SC-7"]
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
package builtin.kubernetes.KSV024

import rego.v1

import data.builtin.lib.kubernetes

deny contains res if {
	some resolved in kubernetes.resolved_containers
	port := resolved.container.ports[_]
	is_number(port.hostPort)
	port.hostPort != 0
	res := result.new(sprintf("%s should not use the host port %v", [resolved.subject, port.hostPort]), port)
}
