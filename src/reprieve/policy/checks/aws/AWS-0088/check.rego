# METADATA
# title: Buckets do not say how they are encrypted
# description: S3 encrypts new objects with a key of its own; a bucket that says so itself, or names a key, stays encrypted as its owner decided.
# scope: package
# related_resources:
#   - https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-encryption.html
# custom:
#   id: AWS-0088
#   aliases: []
#   severity: HIGH
#   recommended_action: Add an `aws_s3_bucket_server_side_encryption_configuration` with a rule.
#   compliance:
#     nist-800-53: ["SC-28"]
#   input:
#     selector:
#       - type: cloud
package builtin.aws.s3.aws0088

import rego.v1

import data.builtin.lib.aws
import data.builtin.lib.aws_s3

deny contains res if {
	some bucket in aws_s3.buckets
	aws.missing(bucket.values, "server_side_encryption_configuration")
	count(aws_s3.beside(bucket, "aws_s3_bucket_server_side_encryption_configuration")) == 0
	res := result.new(sprintf("Bucket '%s' has no encryption configured", [aws.label(bucket)]), bucket)
}
