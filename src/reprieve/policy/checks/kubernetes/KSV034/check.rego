# METADATA
# title: Image comes from a public registry
# description: Anybody can publish to a public registry, and an image there can be changed or withdrawn without a word to those who use it.
# scope: package
# related_resources:
#   - https://kubernetes.io/docs/concepts/containers/images/
# custom:
#   id: KSV034
#   aliases: []
#   severity: MEDIUM
#   recommended_action: Copy the image to a registry of your own and use it from there.
#   compliance:
#     cis-k8s: ["5.5.1"]
#     nsa: [secure-container-images]
#     nist-800-53: ["CM-7", "SR-3"]
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
package builtin.kubernetes.KSV034

import rego.v1

import data.builtin.lib.kubernetes

public_registries := {"docker.io", "index.docker.io", "registry-1.docker.io", "ghcr.io", "public.ecr.aws", "quay.io"}

deny contains res if {
	some container in kubernetes.containers
	image := kubernetes.image_parts(container.image)
	image.registry in public_registries
	subject := kubernetes.container_subject(container)
	res := result.new(
		sprintf("%s should not use the image '%s' of a public registry", [subject, container.image]),
		container,
	)
}
