# METADATA
# title: Binding to an administrator role
# description: >-
#   `cluster-admin` is control over everything. `admin` and `edit`, bound in the whole cluster, give
#   every namespace with its secrets and workloads.
# scope: package
# related_resources:
#   - https://kubernetes.io/docs/reference/access-authn-authz/rbac/#user-facing-roles
#   - https://kubernetes.io/docs/concepts/security/rbac-good-practices/
# custom:
#   id: KSV111
#   aliases: []
#   severity: MEDIUM
#   recommended_action: >-
#     Bind a role with the few rights that are needed, in the namespaces where they are needed.
#   compliance:
#     cis-k8s: ["5.1.1"]
#     nsa: [role-based-access-control]
#     nist-800-53: ["AC-2", "AC-6"]
#   input:
#     selector:
#       - type: kubernetes
#         subtypes:
#           - kind: ClusterRoleBinding
#           - kind: RoleBinding
package builtin.kubernetes.KSV111

import rego.v1

import data.builtin.lib.kubernetes
import data.builtin.lib.rbac

deny contains res if {
	rbac.is_binding
	powerful
	res := result.new(sprintf("%s gives its subjects the role '%s'", [rbac.title, rbac.role_name]), kubernetes.object.roleRef)
}

powerful if {
	kubernetes.object.roleRef.kind == "ClusterRole"
	rbac.role_name == "cluster-admin"
}

# Inside one namespace these two are the roles meant for the team that owns it.
powerful if {
	rbac.kind == "ClusterRoleBinding"
	rbac.role_name in {"admin", "edit"}
}
