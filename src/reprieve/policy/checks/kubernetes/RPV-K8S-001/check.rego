# METADATA
# title: Image is not pinned by digest
# description: A tag can be pushed again with other content. Only a digest says for certain which image runs.
# scope: package
# related_resources:
#   - https://kubernetes.io/docs/concepts/containers/images/#image-names
# custom:
#   id: RPV-K8S-001
#   aliases: []
#   severity: LOW
#   recommended_action: Add the digest to the image, as in `name:tag@sha256:…`.
#   compliance:
#     nist-800-53: ["CM-2", "SI-7", "SR-4"]
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
package builtin.kubernetes.RPV_K8S_001

import rego.v1

import data.builtin.lib.kubernetes

deny contains res if {
	some container in kubernetes.containers
	image := kubernetes.image_parts(container.image)
	image.digest == ""
	res := result.new(
		sprintf("%s should name the digest of the image '%s'", [kubernetes.container_subject(container), container.image]),
		container,
	)
}
