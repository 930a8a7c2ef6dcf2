# METADATA
# title: Image has the tag latest or none
# description: The tag latest moves. What runs changes with the next pull, nobody can say which version it is, and going back is guesswork.
# scope: package
# related_resources:
#   - https://kubernetes.io/docs/concepts/containers/images/#image-names
# custom:
#   id: KSV013
#   aliases: []
#   severity: MEDIUM
#   recommended_action: Name the version of the image in its tag, or pin it by digest.
#   compliance:
#     nist-800-53: ["CM-2", "SI-7"]
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
package builtin.kubernetes.KSV013

import rego.v1

import data.builtin.lib.kubernetes

deny contains res if {
	some container in kubernetes.containers
	image := kubernetes.image_parts(container.image)
	image.digest == ""
	image.tag in {"", "latest"}
	res := result.new(
		sprintf("%s should name the version of the image '%s'", [kubernetes.container_subject(container), container.image]),
		container,
	)
}
