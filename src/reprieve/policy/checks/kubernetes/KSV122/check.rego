# METADATA
# title: Binding to anonymous requests
# description: >-
#   `system:anonymous` and `system:unauthenticated` stand for requests without any login. What is bound
#   to them is open to everybody who reaches the API server.
# scope: package
# related_resources:
#   - https://kubernetes.io/docs/concepts/security/rbac-good-practices/
#   - https://kubernetes.io/docs/reference/access-authn-authz/authentication/#anonymous-requests
# custom:
#   id: KSV122
#   aliases: []
#   severity: CRITICAL
#   recommended_action: >-
#     Bind the role to the users, groups or service accounts that need it, and remove these subjects.
#   compliance:
#     nsa: [role-based-access-control, authentication]
#     nist-800-53: ["AC-3", "AC-14"]
#   input:
#     selector:
#       - type: kubernetes
#         subtypes:
#           - kind: ClusterRoleBinding
#           - kind: RoleBinding
package builtin.kubernetes.KSV122

import rego.v1

import data.builtin.lib.rbac

deny contains res if {
	not rbac.binds_harmless_role
	some subject in rbac.subjects
	anonymous[subject.kind] == subject.name
	res := result.new(sprintf("%s gives everybody without login the role '%s'", [subject.title, rbac.role_name]), subject.element)
}

anonymous := {"User": "system:anonymous", "Group": "system:unauthenticated"}
