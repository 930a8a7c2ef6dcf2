# METADATA
# title: Buckets accept public access control lists
# description: Whoever may write to the bucket can then open an object, or all of it, to everybody with an access control list.
# scope: package
# related_resources:
#   - https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
# custom:
#   id: AWS-0086
#   aliases: []
#   severity: HIGH
#   recommended_action: Give the bucket an `aws_s3_bucket_public_access_block` with `block_public_acls = true`.
#   compliance:
#     cis-aws: ["2.1.4"]
#     nist-800-53: ["AC-3", "SC-7"]
#   input:
#     selector:
#       - type: cloud
package builtin.aws.s3.aws0086

import rego.v1

import data.builtin.lib.aws
import data.builtin.lib.aws_s3

deny contains res if {
	some found in aws_s3.unblocked("block_public_acls")
	res := result.new(sprintf("'%s' does not refuse public access control lists", [aws.label(found)]), found)
}
