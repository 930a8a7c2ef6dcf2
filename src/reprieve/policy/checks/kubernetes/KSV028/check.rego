# METADATA
# title: Volume is of a type outside the core ones
# description: The restricted level allows only volume types that stay inside Kubernetes. Others tie the pod to storage that is reached with the node's rights.
# scope: package
# related_resources:
#   - https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted
# custom:
#   id: KSV028
#   aliases: []
#   severity: LOW
#   recommended_action: Use configMap, csi, downwardAPI, emptyDir, ephemeral, persistentVolumeClaim, projected or secret volumes.
#   compliance:
#     pss: [restricted]
#     pss-control: ["Volume Types"]
#     nsa: [pod-security-enforcement]
#     nist-800-53: ["AC-6", "CM-7"]
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
package builtin.kubernetes.KSV028

import rego.v1

import data.builtin.lib.kubernetes

# `hostPath` is not allowed either: KSV023 finds it.
allowed_fields := {
	"name", "hostPath", "configMap", "csi", "downwardAPI", "emptyDir", "ephemeral", "persistentVolumeClaim",
	"projected", "secret",
}

deny contains res if {
	some volume in kubernetes.volumes
	some type, source in volume
	source != null
	not type in allowed_fields
	res := result.new(
		sprintf("%s should not use the volume type '%s' for '%s'", [kubernetes.subject, type, kubernetes.volume_name(volume)]),
		volume,
	)
}
