# METADATA
# title: ECR repositories do not scan images
# description: Known vulnerabilities in an image stay unnoticed until something else looks at it.
# scope: package
# related_resources:
#   - https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-scanning.html
# custom:
#   id: AWS-0030
#   aliases: []
#   severity: HIGH
#   recommended_action: Add `image_scanning_configuration { scan_on_push = true }`.
#   compliance:
#     nist-800-53: ["RA-5"]
#   input:
#     selector:
#       - type: cloud
package builtin.aws.ecr.aws0030

import rego.v1

import data.builtin.lib.aws

deny contains res if {
	some repository in aws.of_type("aws_ecr_repository")
	not scans(repository)
	res := result.new(sprintf("'%s' does not scan images on push", [aws.label(repository)]), repository)
}

scans(repository) if aws.unresolved(object.get(repository.values, "image_scanning_configuration", null))

scans(repository) if {
	some configuration in aws.blocks(repository.values, "image_scanning_configuration")
	not aws.off(configuration, "scan_on_push")
}
