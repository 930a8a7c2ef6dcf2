# METADATA
# title: Image comes from a registry that is not trusted
# description: An image from a registry that nobody vetted may carry whatever its publisher put there.
# scope: package
# related_resources:
#   - https://kubernetes.io/docs/concepts/containers/images/
# custom:
#   id: KSV0125
#   aliases: [KSV125]
#   severity: MEDIUM
#   recommended_action: Use an image of a trusted registry. To say which ones are, give `ksv0125.trusted_registries` as data.
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
package builtin.kubernetes.KSV0125

import rego.v1

import data.builtin.lib.kubernetes
import data.builtin.lib.utils

cloud_registries := ["azurecr.io", "gcr.io", "pkg.dev", "registry.k8s.io"]

trusted_registries := given if {
	given := utils.strings(data.ksv0125.trusted_registries)
	count(given) > 0
}

else := cloud_registries

trusted(registry) if {
	some name in trusted_registries
	registry == name
}

trusted(registry) if {
	some name in trusted_registries
	endswith(registry, concat("", [".", name]))
}

# Amazon's names have the region in the middle.
trusted(registry) if {
	trusted_registries == cloud_registries
	regex.match(`\.dkr\.ecr(-fips)?\.[a-z0-9-]+\.amazonaws\.com(\.cn)?$`, registry)
}

deny contains res if {
	some container in kubernetes.containers
	image := kubernetes.image_parts(container.image)
	image.registry != "docker.io" # KSV034 finds those
	not trusted(image.registry)
	subject := kubernetes.container_subject(container)
	res := result.new(
		sprintf("%s should not use the image '%s' of an untrusted registry", [subject, container.image]),
		container,
	)
}
