package bench.resources

import rego.v1

import data.shared.pods

deny contains message if {
	some container in pods.containers
	some part in ["requests", "limits"]
	some resource in ["cpu", "memory"]
	not container.resources[part][resource]
	message := sprintf("container '%s' of %s states no %s of %s", [container.name, pods.subject, part, resource])
}
