package bench.root

import rego.v1

import data.shared.pods

deny contains message if {
	some container in pods.containers
	not non_root(container)
	message := sprintf("container '%s' of %s may run as root", [container.name, pods.subject])
}

non_root(container) if container.securityContext.runAsNonRoot == true

non_root(container) if container.securityContext.runAsUser > 0

non_root(_) if pods.spec.securityContext.runAsNonRoot == true
