# METADATA
# title: Role can reach the kubelet through the node proxy
# description: >-
#   `nodes/proxy` forwards requests to the kubelet's own interface, where commands run in any pod of the
#   node, past admission control and the audit log of the API server.
# scope: package
# related_resources:
#   - https://kubernetes.io/docs/concepts/security/rbac-good-practices/
# custom:
#   id: KSV047
#   aliases: []
#   severity: HIGH
#   recommended_action: >-
#     Leave out `nodes/proxy`; `nodes/metrics` and `nodes/stats` are enough for monitoring.
#   compliance:
#     cis-k8s: ["5.1.10"]
#     nsa: [role-based-access-control]
#     nist-800-53: ["AC-6"]
#   input:
#     selector:
#       - type: kubernetes
#         subtypes:
#           - kind: ClusterRole
#           - kind: Role
package builtin.kubernetes.KSV047

import rego.v1

import data.builtin.lib.rbac

deny contains res if {
	some grant in rbac.on["nodes/proxy"]
	count(grant.verbs) > 0
	res := result.new(sprintf("%s lets its subjects reach the kubelet through nodes/proxy", [grant.title]), grant.rule)
}
