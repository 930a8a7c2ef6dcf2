# METADATA
# title: Role can create cluster role bindings to any role
# description: >-
#   Creating cluster role bindings together with `bind` on cluster roles lets somebody give themselves
#   `cluster-admin`.
# scope: package
# related_resources:
#   - https://kubernetes.io/docs/reference/access-authn-authz/rbac/#restrictions-on-role-binding-creation-or-update
# custom:
#   id: KSV052
#   aliases: []
#   severity: HIGH
#   recommended_action: >-
#     Take `bind` away, or list the cluster roles that may be bound in `resourceNames`.
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
package builtin.kubernetes.KSV052

import rego.v1

import data.builtin.lib.rbac

# Either right alone is harmless: Kubernetes lets nobody bind a role with more rights than their own.
deny contains res if {
	some grant in rbac.allowing_any({"clusterrolebindings"}, {"create"})
	count(rbac.allowing_any({"clusterroles"}, {"bind"})) > 0
	res := result.new(sprintf("%s and its right to bind roles let its subjects grant any role in the whole cluster", [grant.title]), grant.rule)
}
