package bench.volumes

import rego.v1

import data.shared.pods

deny contains message if {
	some volume in pods.spec.volumes
	volume.hostPath
	message := sprintf("%s mounts %s of the node", [pods.subject, volume.hostPath.path])
}

deny_sensitive contains message if {
	some volume in pods.spec.volumes
	some prefix in ["/etc", "/proc", "/root", "/var/run"]
	startswith(volume.hostPath.path, prefix)
	message := sprintf("%s mounts %s, which holds the node's secrets", [pods.subject, volume.hostPath.path])
}
