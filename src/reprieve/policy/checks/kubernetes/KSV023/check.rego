# METADATA
# title: hostPath volume is mounted
# description: A hostPath volume hands a part of the node's file system to the pod, from which data of the node or of other pods can be read and often changed.
# scope: package
# related_resources:
#   - https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline
#   - https://kubernetes.io/docs/concepts/storage/volumes/#hostpath
# custom:
#   id: KSV023
#   aliases: []
#   severity: MEDIUM
#   recommended_action: Use a persistentVolumeClaim, emptyDir, configMap or projected volume.
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
package builtin.kubernetes.KSV023

import rego.v1

import data.builtin.lib.kubernetes

deny contains res if {
	some volume in kubernetes.volumes
	volume.hostPath != null
	res := result.new(
		sprintf("%s should not mount the hostPath volume '%s'", [kubernetes.subject, kubernetes.volume_name(volume)]),
		volume,
	)
}
