# METADATA
# title: ECR repositories let tags be moved
# description: A tag that was reviewed can be made to mean another image, which is then deployed under the old name.
# scope: package
# related_resources:
#   - https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-tag-mutability.html
# custom:
#   id: AWS-0031
#   aliases: []
#   severity: HIGH
#   recommended_action: Set `image_tag_mutability = "IMMUTABLE"`.
#   compliance:
#     nist-800-53: ["CM-2", "SI-7"]
#   input:
#     selector:
#       - type: cloud
package builtin.aws.ecr.aws0031

import rego.v1

import data.builtin.lib.aws

deny contains res if {
	some repository in aws.of_type("aws_ecr_repository")
	mutable(repository)
	res := result.new(sprintf("'%s' lets its tags be moved", [aws.label(repository)]), repository)
}

mutable(repository) if aws.missing(repository.values, "image_tag_mutability")

mutable(repository) if startswith(aws.text(repository.values, "image_tag_mutability"), "mutable")
