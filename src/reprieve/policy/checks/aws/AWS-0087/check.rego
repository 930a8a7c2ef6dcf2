# METADATA
# title: Buckets accept public policies
# description: A bucket policy that names everybody is then accepted, and one wrong line in it publishes the data.
# scope: package
# related_resources:
#   - https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
# custom:
#   id: AWS-0087
#   aliases: []
#   severity: HIGH
#   recommended_action: Give the bucket an `aws_s3_bucket_public_access_block` with `block_public_policy = true`.
#   compliance:
#     cis-aws: ["2.1.4"]
#     nist-800-53: ["AC-3", "SC-7"]
#   input:
#     selector:
#       - type: cloud
package builtin.aws.s3.aws0087

import rego.v1

import data.builtin.lib.aws
import data.builtin.lib.aws_s3

deny contains res if {
	some found in aws_s3.unblocked("block_public_policy")
	res := result.new(sprintf("'%s' does not refuse public bucket policies", [aws.label(found)]), found)
}
