# METADATA
# title: Role can create role bindings to any role
# description: >-
#   Creating role bindings together with `bind` on roles lets somebody give themselves every role in a
#   namespace, `admin` included.
# scope: package
# related_resources:
#   - https://kubernetes.io/docs/reference/access-authn-authz/rbac/#restrictions-on-role-binding-creation-or-update
# custom:
#   id: KSV051
#   aliases: []
#   severity: HIGH
#   recommended_action: >-
#     Take `bind` away, or list the roles that may be bound in `resourceNames`.
#   compliance:
#     cis-k8s: ["5.1.8"]
#     nsa: [role-based-access-control]
#     nist-800-53: ["AC-2", "AC-6"]
#   input:
#     selector:
#       - type: kubernetes
#         subtypes:
#           - kind: ClusterRole
#           - kind: Role
package builtin.kubernetes.KSV051

import rego.v1

import data.builtin.lib.rbac

# Either right alone is harmless: Kubernetes lets nobody bind a role with more rights than their own.
deny contains res if {
	some grant in rbac.allowing_any({"rolebindings"}, {"create"})
	count(rbac.allowing_any({"clusterroles", "roles"}, {"bind"})) > 0
	res := result.new(sprintf("%s and its right to bind roles let its subjects grant any role in a namespace", [grant.title]), grant.rule)
}
