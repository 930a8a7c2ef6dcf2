package bench.labels

import rego.v1

required := {"app.kubernetes.io/name", "team"}

deny contains message if {
	some label in required
	not input.metadata.labels[label]
	message := sprintf("%s '%s' has no label %s", [input.kind, input.metadata.name, label])
}
