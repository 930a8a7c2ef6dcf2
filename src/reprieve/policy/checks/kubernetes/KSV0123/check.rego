# METADATA
# title: Binding to the group system:masters
# description: >-
#   Members of `system:masters` pass every authorization check, and no role or webhook can hold them
#   back. A binding that relies on the group invites people into it.
# scope: package
# related_resources:
#   - https://kubernetes.io/docs/concepts/security/rbac-good-practices/#least-privilege
# custom:
#   id: KSV0123
#   aliases: [KSV123]
#   severity: CRITICAL
#   recommended_action: >-
#     Bind the role to a group of your own, and keep `system:masters` for emergencies.
#   compliance:
#     cis-k8s: ["5.1.7"]
#     nsa: [role-based-access-control]
#     nist-800-53: ["AC-2", "AC-6"]
#   input:
#     selector:
#       - type: kubernetes
#         subtypes:
#           - kind: ClusterRoleBinding
#           - kind: RoleBinding
package builtin.kubernetes.KSV0123

import rego.v1

import data.builtin.lib.rbac

deny contains res if {
	not rbac.binds_harmless_role
	some subject in rbac.subjects
	subject.kind == "Group"
	subject.name == "system:masters"
	res := result.new(sprintf("%s is given the role '%s'", [subject.title, rbac.role_name]), subject.element)
}
