# METADATA
# title: Role can issue tokens of service accounts
# description: >-
#   A token of a service account carries all its rights, and stays valid for as long as was asked for,
#   whatever happens to the one who made it.
# scope: package
# related_resources:
#   - https://kubernetes.io/docs/concepts/security/rbac-good-practices/#token-request
# custom:
#   id: RPV-K8S-019
#   aliases: []
#   severity: HIGH
#   recommended_action: >-
#     List the service accounts in `resourceNames`, or leave `serviceaccounts/token` out.
#   compliance:
#     cis-k8s: ["5.1.13"]
#     nsa: [role-based-access-control, authentication]
#     nist-800-53: ["AC-6", "IA-5"]
#   input:
#     selector:
#       - type: kubernetes
#         subtypes:
#           - kind: ClusterRole
#           - kind: Role
package builtin.kubernetes.RPV_K8S_019

import rego.v1

import data.builtin.lib.rbac

deny contains res if {
	some grant in rbac.allowing_any({"serviceaccounts/token"}, {"create"})
	res := result.new(sprintf("%s lets its subjects issue tokens of any service account", [grant.title]), grant.rule)
}
