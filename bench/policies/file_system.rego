package bench.file_system

import rego.v1

import data.shared.pods

warn contains message if {
	some container in pods.containers
	not container.securityContext.readOnlyRootFilesystem == true
	message := sprintf("container '%s' of %s can write to its root", [container.name, pods.subject])
}
