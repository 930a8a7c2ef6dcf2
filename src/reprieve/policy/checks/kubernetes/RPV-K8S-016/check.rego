# METADATA
# title: Network policy has rules that do not apply
# description: >-
#   Rules of a direction that `policyTypes` leaves out are ignored without a word: the traffic that they
#   seem to restrict is open.
# scope: package
# related_resources:
#   - https://kubernetes.io/docs/concepts/services-networking/network-policies/#networkpolicy-resource
# custom:
#   id: RPV-K8S-016
#   aliases: []
#   severity: MEDIUM
#   recommended_action: >-
#     Add the direction to `policyTypes`, or remove its rules.
#   compliance:
#     cis-k8s: ["5.3.2"]
#     nsa: [network-policies]
#     nist-800-53: ["AC-4", "SC-7"]
#   input:
#     selector:
#       - type: kubernetes
#         subtypes:
#           - kind: NetworkPolicy
package builtin.kubernetes.RPV_K8S_016

import rego.v1

import data.builtin.lib.fields
import data.builtin.lib.kubernetes

deny contains res if {
	kubernetes.kind == "NetworkPolicy"
	types := fields.strings(kubernetes.spec, "policyTypes")
	count(types) > 0
	some direction, field in {"Ingress": "ingress", "Egress": "egress"}
	count(fields.objects(kubernetes.spec, field)) > 0
	not direction in types
	res := result.new(sprintf("NetworkPolicy '%s' has %s rules, but 'policyTypes' lacks %s", [kubernetes.name, field, direction]), kubernetes.spec)
}
