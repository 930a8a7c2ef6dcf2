package bench.probes

import rego.v1

import data.shared.pods

warn contains message if {
	input.kind in {"Deployment", "StatefulSet", "DaemonSet"}
	some container in pods.running
	some probe in ["livenessProbe", "readinessProbe"]
	not container[probe]
	message := sprintf("container '%s' of %s has no %s", [container.name, pods.subject, probe])
}
