package bench.capabilities

import rego.v1

import data.shared.pods

allowed := {"NET_BIND_SERVICE"}

deny_added contains message if {
	some container in pods.containers
	some capability in container.securityContext.capabilities.add
	not capability in allowed
	message := sprintf("container '%s' of %s adds %s", [container.name, pods.subject, capability])
}

deny_kept contains message if {
	some container in pods.containers
	not drops_all(container)
	message := sprintf("container '%s' of %s does not drop ALL", [container.name, pods.subject])
}

drops_all(container) if {
	some capability in container.securityContext.capabilities.drop
	upper(capability) == "ALL"
}
