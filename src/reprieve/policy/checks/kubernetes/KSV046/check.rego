# METADATA
# title: ClusterRole reaches every resource
# description: >-
#   `*` as resource takes in secrets, roles and nodes. Reading them all is enough to take over the
#   cluster, and changing them all is the cluster itself.
# scope: package
# related_resources:
#   - https://kubernetes.io/docs/concepts/security/rbac-good-practices/
# custom:
#   id: KSV046
#   aliases: []
#   severity: CRITICAL
#   recommended_action: >-
#     Name the resources that are needed, and use a Role where one namespace is enough.
#   compliance:
#     cis-k8s: ["5.1.3"]
#     nsa: [role-based-access-control]
#     nist-800-53: ["AC-6"]
#   input:
#     selector:
#       - type: kubernetes
#         subtypes:
#           - kind: ClusterRole
package builtin.kubernetes.KSV046

import rego.v1

import data.builtin.lib.rbac

deny contains res if {
	rbac.kind == "ClusterRole"
	some grant in rbac.grants
	rbac.all_resources(grant)
	res := result.new(sprintf("%s reaches every resource of the cluster", [grant.title]), grant.rule)
}
