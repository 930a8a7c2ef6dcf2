# METADATA
# title: Container runtime's socket is mounted
# description: Who can talk to the runtime's socket can start a privileged container with the node's file system, and so owns the node.
# scope: package
# related_resources:
#   - https://docs.docker.com/engine/security/#docker-daemon-attack-surface
# custom:
#   id: KSV006
#   aliases: []
#   severity: HIGH
#   recommended_action: Remove the hostPath volume. Build images with a tool that needs no daemon.
#   compliance:
#     pss: [baseline]
#     pss-control: ["HostPath Volumes"]
#     cis-k8s: ["5.2.12"]
#     nsa: [host-paths]
#     nist-800-53: ["AC-3", "AC-6"]
#   input:
#     selector:
#       - type: kubernetes
#         subtypes:
#           - kind: Pod
#           - kind: Deployment
#           - kind: StatefulSet
#           - kind: DaemonSet
#           - kind: ReplicaSet
#           - kind: ReplicationController
#           - kind: DeploymentConfig
#           - kind: Job
#           - kind: CronJob
#           - kind: PodTemplate
package builtin.kubernetes.KSV006

import rego.v1

import data.builtin.lib.kubernetes

sockets := {
	"/run/docker.sock", "/var/run/docker.sock", "/run/containerd/containerd.sock", "/var/run/containerd/containerd.sock",
	"/run/crio/crio.sock", "/var/run/crio/crio.sock", "/run/podman/podman.sock", "/var/run/podman/podman.sock",
}

deny contains res if {
	some volume in kubernetes.volumes
	path := kubernetes.host_path(volume)
	path in sockets
	res := result.new(
		sprintf("%s should not mount '%s' as '%s'", [kubernetes.subject, path, kubernetes.volume_name(volume)]),
		volume,
	)
}
