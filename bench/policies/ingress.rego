package bench.ingress

import rego.v1

deny contains message if {
	input.kind == "Ingress"
	some rule in input.spec.rules
	not rule.host in protected
	message := sprintf("ingress '%s' serves %s without TLS", [input.metadata.name, rule.host])
}

protected contains host if {
	some entry in input.spec.tls
	some host in entry.hosts
}
