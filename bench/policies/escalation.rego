package bench.escalation

import rego.v1

import data.shared.pods

deny contains message if {
	some container in pods.containers
	not container.securityContext.allowPrivilegeEscalation == false
	message := sprintf("container '%s' of %s may gain privileges", [container.name, pods.subject])
}

deny_privileged contains message if {
	some container in pods.containers
	container.securityContext.privileged == true
	message := sprintf("container '%s' of %s is privileged", [container.name, pods.subject])
}
