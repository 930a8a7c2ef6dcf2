package bench.credentials

import rego.v1

import data.shared.pods

deny contains message if {
	some container in pods.containers
	some variable in container.env
	regex.match(`(?i)(password|passwd|secret|token|api_?key)`, variable.name)
	variable.value != ""
	message := sprintf("%s is written into container '%s' of %s", [variable.name, container.name, pods.subject])
}
