package bench.rbac

import rego.v1

deny_wildcard contains message if {
	input.kind in {"Role", "ClusterRole"}
	some rule in input.rules
	some field in ["apiGroups", "resources", "verbs"]
	"*" in rule[field]
	message := sprintf("%s '%s' has a wildcard in %s", [input.kind, input.metadata.name, field])
}

deny_admin contains message if {
	input.kind in {"RoleBinding", "ClusterRoleBinding"}
	input.roleRef.name in {"cluster-admin", "admin"}
	message := sprintf("%s '%s' binds %s", [input.kind, input.metadata.name, input.roleRef.name])
}
