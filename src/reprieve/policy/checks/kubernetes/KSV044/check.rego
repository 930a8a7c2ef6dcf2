# METADATA
# title: Role allows every verb on every resource
# description: >-
#   A rule with `*` for both verbs and resources is full control, including of kinds that are added to
#   the cluster later.
# scope: package
# related_resources:
#   - https://kubernetes.io/docs/concepts/security/rbac-good-practices/
# custom:
#   id: KSV044
#   aliases: []
#   severity: CRITICAL
#   recommended_action: >-
#     Name the resources and the verbs that are needed.
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
package builtin.kubernetes.KSV044

import rego.v1

import data.builtin.lib.rbac

deny contains res if {
	some grant in rbac.grants
	rbac.all_resources(grant)
	"*" in grant.verbs
	res := result.new(sprintf("%s allows every verb on every resource", [grant.title]), grant.rule)
}
