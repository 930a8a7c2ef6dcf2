# METADATA
# title: Sensitive directory of the node is mounted
# description: The pod mounts a directory on which the node itself depends, such as its configuration, its devices or the data of its container runtime.
# scope: package
# related_resources:
#   - https://kubernetes.io/docs/concepts/storage/volumes/#hostpath
#   - https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline
# custom:
#   id: KSV121
#   aliases: []
#   severity: HIGH
#   recommended_action: Remove the volume, or mount only the file or the subdirectory that the program needs.
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
package builtin.kubernetes.KSV121

import rego.v1

import data.builtin.lib.kubernetes

sensitive_paths := {
	"/", "/bin", "/boot", "/dev", "/etc", "/etc/kubernetes", "/lib", "/lib64", "/proc", "/root", "/run", "/sbin", "/sys",
	"/usr", "/var", "/var/lib", "/var/lib/containerd", "/var/lib/docker", "/var/lib/etcd", "/var/lib/kubelet", "/var/run",
}

deny contains res if {
	some volume in kubernetes.volumes
	path := kubernetes.host_path(volume)
	path in sensitive_paths
	res := result.new(
		sprintf("%s should not mount '%s' of the node as '%s'", [kubernetes.subject, path, kubernetes.volume_name(volume)]),
		volume,
	)
}
