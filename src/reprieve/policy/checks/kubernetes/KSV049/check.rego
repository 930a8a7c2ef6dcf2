# METADATA
# title: Role can change all config maps
# description: >-
#   Applications, and parts of the cluster such as DNS, take their settings from config maps. Writing
#   all of them changes how others run.
# scope: package
# related_resources:
#   - https://kubernetes.io/docs/concepts/security/rbac-good-practices/
# custom:
#   id: KSV049
#   aliases: []
#   severity: MEDIUM
#   recommended_action: >-
#     List the config maps in `resourceNames`, or grant reading only.
#   compliance:
#     nsa: [role-based-access-control]
#     nist-800-53: ["AC-6"]
#   input:
#     selector:
#       - type: kubernetes
#         subtypes:
#           - kind: ClusterRole
#           - kind: Role
package builtin.kubernetes.KSV049

import rego.v1

import data.builtin.lib.rbac

deny contains res if {
	some grant in rbac.allowing_any({"configmaps"}, rbac.write_verbs)
	res := result.new(sprintf("%s lets its subjects change all config maps", [grant.title]), grant.rule)
}
