# METADATA
# title: Buckets have no public access block
# description: Without one the bucket relies on each policy and access control list being right; the block holds when one of them is not.
# scope: package
# related_resources:
#   - https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
# custom:
#   id: AWS-0094
#   aliases: []
#   severity: LOW
#   recommended_action: Add an `aws_s3_bucket_public_access_block` whose `bucket` is this bucket.
#   compliance:
#     cis-aws: ["2.1.4"]
#     nist-800-53: ["AC-3", "SC-7"]
#   input:
#     selector:
#       - type: cloud
package builtin.aws.s3.aws0094

import rego.v1

import data.builtin.lib.aws
import data.builtin.lib.aws_s3

deny contains res if {
	some bucket in aws_s3.without_access_block
	res := result.new(sprintf("Bucket '%s' has no public access block", [aws.label(bucket)]), bucket)
}
