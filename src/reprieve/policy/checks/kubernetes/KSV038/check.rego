# METADATA
# title: Network policy lets everything through
# description: >-
#   A rule without any peer and port allows all traffic, and an empty namespace selector allows every
#   pod of the cluster. The policy then looks like a barrier and is none.
# scope: package
# related_resources:
#   - https://kubernetes.io/docs/concepts/services-networking/network-policies/
# custom:
#   id: KSV038
#   aliases: []
#   severity: MEDIUM
#   recommended_action: >-
#     Name the allowed peers with `podSelector`, `namespaceSelector` or `ipBlock`, and the ports.
#   compliance:
#     cis-k8s: ["5.3.2"]
#     nsa: [network-policies]
#     nist-800-53: ["AC-4", "SC-7"]
#   input:
#     selector:
#       - type: kubernetes
#         subtypes:
#           - kind: NetworkPolicy
package builtin.kubernetes.KSV038

import rego.v1

import data.builtin.lib.fields
import data.builtin.lib.kubernetes

deny contains res if {
	some field in ["ingress", "egress"]
	some rule in rules(field)
	not restricts(rule, "ports")
	not restricts(rule, peers[field])
	res := result.new(sprintf("NetworkPolicy '%s' has a rule that allows all %s", [kubernetes.name, field]), rule)
}

deny contains res if {
	some field in ["ingress", "egress"]
	some rule in rules(field)
	not restricts(rule, "ports")
	some peer in fields.objects(rule, peers[field])
	all_pods(peer)
	res := result.new(sprintf("NetworkPolicy '%s' allows %s of every pod of the cluster", [kubernetes.name, field]), peer)
}

peers := {"ingress": "from", "egress": "to"}

rules(field) := fields.objects(kubernetes.spec, field) if kubernetes.kind == "NetworkPolicy"

restricts(rule, field) if count(fields.objects(rule, field)) > 0

all_pods(peer) if {
	peer.namespaceSelector == {}
	object.get(peer, "podSelector", {}) == {}
}
