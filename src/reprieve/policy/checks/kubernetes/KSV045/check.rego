# METADATA
# title: Role allows every verb on a sensitive resource
# description: >-
#   `*` as verb includes `impersonate`, `escalate`, `bind` and deletion of whole collections, and any
#   verb that comes later. On secrets, workloads or roles that is more than any program needs.
# scope: package
# related_resources:
#   - https://kubernetes.io/docs/concepts/security/rbac-good-practices/
# custom:
#   id: KSV045
#   aliases: []
#   severity: CRITICAL
#   recommended_action: >-
#     List the verbs that are needed, such as `get`, `list` and `watch`.
#   compliance:
#     cis-k8s: ["5.1.3"]
#     nsa: [role-based-access-control]
#     nist-800-53: ["AC-6"]
#   input:
#     selector:
#       - type: kubernetes
#         subtypes:
#           - kind: ClusterRole
#           - kind: Role
package builtin.kubernetes.KSV045

import rego.v1

import data.builtin.lib.rbac

deny contains res if {
	some grant in rbac.grants
	"*" in grant.verbs
	count(grant.covers) > 0
	res := result.new(sprintf("%s allows every verb on %s", [grant.title, concat(", ", sort(grant.covers))]), grant.rule)
}
