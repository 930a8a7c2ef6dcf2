# METADATA
# title: Service opens a port on every node
# description: >-
#   A service of type `NodePort` listens on all nodes, past the ingress and what it checks; network
#   policies often do not see where such traffic comes from.
# scope: package
# related_resources:
#   - https://kubernetes.io/docs/concepts/services-networking/service/#type-nodeport
# custom:
#   id: RPV-K8S-012
#   aliases: []
#   severity: LOW
#   recommended_action: >-
#     Use `ClusterIP` behind an ingress, a gateway or a load balancer.
#   compliance:
#     nsa: [network-policies]
#     nist-800-53: ["CM-7", "SC-7"]
#   input:
#     selector:
#       - type: kubernetes
#         subtypes:
#           - kind: Service
package builtin.kubernetes.RPV_K8S_012

import rego.v1

import data.builtin.lib.kubernetes

deny contains res if {
	kubernetes.is_service
	kubernetes.spec.type == "NodePort"
	res := result.new(sprintf("Service '%s' opens a port on every node", [kubernetes.name]), kubernetes.spec)
}
