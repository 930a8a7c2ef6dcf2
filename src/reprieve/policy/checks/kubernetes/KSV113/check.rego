# METADATA
# title: Role can manage all secrets of its namespace
# description: >-
#   Among the secrets of a namespace are the tokens and passwords of everything that runs there, often
#   with more rights than the role itself has.
# scope: package
# related_resources:
#   - https://kubernetes.io/docs/concepts/security/rbac-good-practices/
# custom:
#   id: KSV113
#   aliases: []
#   severity: MEDIUM
#   recommended_action: >-
#     List the secrets that are needed in `resourceNames`, or leave `secrets` out of the rule.
#   compliance:
#     cis-k8s: ["5.1.2"]
#     nsa: [role-based-access-control, secrets]
#     nist-800-53: ["AC-3", "AC-6"]
#   input:
#     selector:
#       - type: kubernetes
#         subtypes:
#           - kind: Role
package builtin.kubernetes.KSV113

import rego.v1

import data.builtin.lib.rbac

deny contains res if {
	rbac.kind == "Role"
	some grant in rbac.allowing_any({"secrets"}, rbac.write_verbs | {"get", "list", "watch"})
	verbs := concat(", ", sort(grant.verbs))
	res := result.new(sprintf("%s grants '%s' on the secrets of its namespace, whichever they are", [grant.title, verbs]), grant.rule)
}
