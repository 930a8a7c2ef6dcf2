# METADATA
# title: Binding to all authenticated users
# description: >-
#   `system:authenticated` holds everybody who can log in and every service account of the cluster. On
#   some hosted clusters that is anybody with an account at the provider.
# scope: package
# related_resources:
#   - https://kubernetes.io/docs/concepts/security/rbac-good-practices/
# custom:
#   id: KSV01011
#   aliases: [KSV-01011, AVD-KSV-01011]
#   severity: CRITICAL
#   recommended_action: >-
#     Bind the role to the users, groups or service accounts that need it.
#   compliance:
#     nsa: [role-based-access-control]
#     nist-800-53: ["AC-2", "AC-3"]
#   input:
#     selector:
#       - type: kubernetes
#         subtypes:
#           - kind: ClusterRoleBinding
#           - kind: RoleBinding
package builtin.kubernetes.KSV01011

import rego.v1

import data.builtin.lib.rbac

deny contains res if {
	not rbac.binds_harmless_role
	some subject in rbac.subjects
	subject.kind == "Group"
	subject.name == "system:authenticated"
	res := result.new(sprintf("%s gives everybody who can log in the role '%s'", [subject.title, rbac.role_name]), subject.element)
}
