package bench.host

import rego.v1

import data.shared.pods

deny_namespaces contains message if {
	some field in ["hostNetwork", "hostPID", "hostIPC"]
	pods.spec[field] == true
	message := sprintf("%s sets %s", [pods.subject, field])
}

deny_ports contains message if {
	some container in pods.containers
	some port in container.ports
	port.hostPort > 0
	message := sprintf("container '%s' of %s takes a port of the node", [container.name, pods.subject])
}
