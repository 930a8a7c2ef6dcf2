package bench.namespaces

import rego.v1

clustered := {"ClusterRole", "ClusterRoleBinding", "Namespace"}

deny contains message if {
	not input.kind in clustered
	object.get(input.metadata, "namespace", "default") == "default"
	message := sprintf("%s '%s' is in the default namespace", [input.kind, input.metadata.name])
}
