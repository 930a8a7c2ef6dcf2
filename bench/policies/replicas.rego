package bench.replicas

import rego.v1

warn contains message if {
	input.kind in {"Deployment", "StatefulSet"}
	object.get(input.spec, "replicas", 1) < 2
	message := sprintf("%s '%s' has a single replica", [input.kind, input.metadata.name])
}
