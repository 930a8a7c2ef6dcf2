package bench.exposure

import rego.v1

deny contains message if {
	input.kind == "Service"
	input.spec.type in {"NodePort", "LoadBalancer"}
	message := sprintf("service '%s' is of type %s", [input.metadata.name, input.spec.type])
}

deny_external contains message if {
	input.kind == "Service"
	some address in input.spec.externalIPs
	not startswith(address, "10.")
	message := sprintf("service '%s' claims %s", [input.metadata.name, address])
}
