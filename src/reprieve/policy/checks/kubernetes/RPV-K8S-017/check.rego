# METADATA
# title: Network policy opens all ports to the whole internet
# description: >-
#   An address block of all addresses without ports lets anything in from anywhere, or lets a program
#   that was taken over send data wherever it likes.
# scope: package
# related_resources:
#   - https://kubernetes.io/docs/concepts/services-networking/network-policies/#behavior-of-to-and-from-selectors
# custom:
#   id: RPV-K8S-017
#   aliases: []
#   severity: MEDIUM
#   recommended_action: >-
#     Name the address ranges that are needed, or at least the ports.
#   compliance:
#     cis-k8s: ["5.3.2"]
#     nsa: [network-policies]
#     nist-800-53: ["AC-4", "SC-7"]
#   input:
#     selector:
#       - type: kubernetes
#         subtypes:
#           - kind: NetworkPolicy
package builtin.kubernetes.RPV_K8S_017

import rego.v1

import data.builtin.lib.fields
import data.builtin.lib.kubernetes

deny contains res if {
	kubernetes.kind == "NetworkPolicy"
	some field, peers in {"ingress": "from", "egress": "to"}
	some rule in fields.objects(kubernetes.spec, field)
	count(fields.objects(rule, "ports")) == 0
	some peer in fields.objects(rule, peers)
	peer.ipBlock.cidr in {"0.0.0.0/0", "::/0"}
	count(fields.strings(peer.ipBlock, "except")) == 0
	res := result.new(sprintf("NetworkPolicy '%s' opens all ports of %s to '%s'", [kubernetes.name, field, peer.ipBlock.cidr]), peer)
}
