# METADATA
# title: ClusterRole can manage secrets everywhere
# description: >-
#   Secrets of all namespaces hold tokens of service accounts and passwords of every application.
#   Whoever reads or writes them across the cluster can usually become its administrator.
# scope: package
# related_resources:
#   - https://kubernetes.io/docs/concepts/security/rbac-good-practices/
# custom:
#   id: KSV041
#   aliases: []
#   severity: CRITICAL
#   recommended_action: >-
#     Grant access to secrets with a Role in the namespace that needs it, and list the secrets in
#     `resourceNames`.
#   compliance:
#     cis-k8s: ["5.1.2"]
#     nsa: [role-based-access-control, secrets]
#     nist-800-53: ["AC-3", "AC-6"]
#   input:
#     selector:
#       - type: kubernetes
#         subtypes:
#           - kind: ClusterRole
package builtin.kubernetes.KSV041

import rego.v1

import data.builtin.lib.rbac

deny contains res if {
	rbac.kind == "ClusterRole"
	some grant in rbac.allowing_any({"secrets"}, rbac.write_verbs | {"get", "list", "watch"})
	verbs := concat(", ", sort(grant.verbs))
	res := result.new(sprintf("%s grants '%s' on the secrets of all namespaces, whichever they are", [grant.title, verbs]), grant.rule)
}
