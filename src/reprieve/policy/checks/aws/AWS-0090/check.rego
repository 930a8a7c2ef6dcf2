# METADATA
# title: Buckets are not versioned
# description: What is overwritten or deleted, by mistake or by an attacker, cannot be brought back.
# scope: package
# related_resources:
#   - https://docs.aws.amazon.com/AmazonS3/latest/userguide/Versioning.html
# custom:
#   id: AWS-0090
#   aliases: []
#   severity: MEDIUM
#   recommended_action: Add an `aws_s3_bucket_versioning` whose `versioning_configuration` has the status `Enabled`.
#   compliance:
#     nist-800-53: ["CP-9", "SI-12"]
#   input:
#     selector:
#       - type: cloud
package builtin.aws.s3.aws0090

import rego.v1

import data.builtin.lib.aws
import data.builtin.lib.aws_s3

deny contains res if {
	some bucket in aws_s3.buckets
	not versioned_within(bucket)
	beside := aws_s3.beside(bucket, "aws_s3_bucket_versioning")
	not versioned_beside(beside)
	cause := array.concat(beside, [bucket])[0]
	res := result.new(sprintf("Bucket '%s' is not versioned", [aws.label(bucket)]), cause)
}

versioned_within(bucket) if {
	some versioning in aws.blocks(bucket.values, "versioning")
	not aws.off(versioning, "enabled")
}

versioned_within(bucket) if aws.unresolved(object.get(bucket.values, "versioning", null))

versioned_beside(beside) if {
	some versioning in beside
	some configuration in aws.blocks(versioning.values, "versioning_configuration")
	enabled(object.get(configuration, "status", null))
}

versioned_beside(beside) if {
	some versioning in beside
	aws.unresolved(object.get(versioning.values, "versioning_configuration", null))
}

enabled(status) if status == "Enabled"

enabled(status) if aws.unresolved(status)
