# METADATA
# title: Role can change existing role bindings
# description: >-
#   Whoever may change the binding that they are in can add others to it, so that nobody else decides
#   who has access.
# scope: package
# related_resources:
#   - https://kubernetes.io/docs/reference/access-authn-authz/rbac/#restrictions-on-role-binding-creation-or-update
# custom:
#   id: KSV055
#   aliases: []
#   severity: LOW
#   recommended_action: >-
#     Leave changes of bindings to those who administer access.
#   compliance:
#     nsa: [role-based-access-control]
#     nist-800-53: ["AC-2", "AC-6"]
#   input:
#     selector:
#       - type: kubernetes
#         subtypes:
#           - kind: ClusterRole
#           - kind: Role
package builtin.kubernetes.KSV055

import rego.v1

import data.builtin.lib.rbac

resources := {"clusterrolebindings", "rolebindings"}

deny contains res if {
	some grant in rbac.allowing_any(resources, {"update", "patch"})
	res := result.new(sprintf("%s lets its subjects add others to existing %s", [grant.title, rbac.listed(grant, resources)]), grant.rule)
}
