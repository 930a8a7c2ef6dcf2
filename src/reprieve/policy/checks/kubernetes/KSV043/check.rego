# METADATA
# title: Role can impersonate privileged identities
# description: >-
#   Impersonation makes the API server treat a request as somebody else's. Without limits it reaches
#   `system:masters`, which no other rule can hold back.
# scope: package
# related_resources:
#   - https://kubernetes.io/docs/reference/access-authn-authz/authentication/#user-impersonation
#   - https://kubernetes.io/docs/concepts/security/rbac-good-practices/
# custom:
#   id: KSV043
#   aliases: []
#   severity: CRITICAL
#   recommended_action: >-
#     Drop the verb `impersonate`, or list the few users or groups in `resourceNames`, none of them
#     beginning with `system:`.
#   compliance:
#     cis-k8s: ["5.1.8"]
#     nsa: [role-based-access-control]
#     nist-800-53: ["AC-6"]
#   input:
#     selector:
#       - type: kubernetes
#         subtypes:
#           - kind: ClusterRole
#           - kind: Role
package builtin.kubernetes.KSV043

import rego.v1

import data.builtin.lib.rbac

deny contains res if {
	resources := {"groups", "serviceaccounts", "users"}
	some grant in rbac.allowing(resources, {"impersonate"})
	reaches_privileged(grant)
	res := result.new(sprintf("%s lets its subjects impersonate %s", [grant.title, rbac.listed(grant, resources)]), grant.rule)
}

reaches_privileged(grant) if count(grant.names) == 0

reaches_privileged(grant) if {
	some name in grant.names
	startswith(name, "system:")
}
