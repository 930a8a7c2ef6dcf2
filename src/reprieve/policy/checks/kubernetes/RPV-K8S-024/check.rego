# METADATA
# title: Binding to all service accounts
# description: >-
#   The group `system:serviceaccounts` holds every service account of the cluster, those of future
#   namespaces included. A single pod that is taken over then has the role.
# scope: package
# related_resources:
#   - https://kubernetes.io/docs/reference/access-authn-authz/rbac/#service-account-permissions
# custom:
#   id: RPV-K8S-024
#   aliases: []
#   severity: HIGH
#   recommended_action: >-
#     Bind the role to the service accounts that need it.
#   compliance:
#     nsa: [role-based-access-control]
#     nist-800-53: ["AC-2", "AC-6"]
#   input:
#     selector:
#       - type: kubernetes
#         subtypes:
#           - kind: ClusterRoleBinding
#           - kind: RoleBinding
package builtin.kubernetes.RPV_K8S_024

import rego.v1

import data.builtin.lib.rbac

deny contains res if {
	not rbac.binds_harmless_role
	some subject in rbac.subjects
	subject.kind == "Group"
	subject.name == "system:serviceaccounts"
	res := result.new(sprintf("%s gives every pod of the cluster the role '%s'", [subject.title, rbac.role_name]), subject.element)
}
