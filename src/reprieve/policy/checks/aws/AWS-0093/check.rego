# METADATA
# title: Buckets with a public policy are not restricted
# description: Where a public policy is in place, anonymous callers and other accounts keep their access unless the bucket restricts it to its own account.
# scope: package
# related_resources:
#   - https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
# custom:
#   id: AWS-0093
#   aliases: []
#   severity: HIGH
#   recommended_action: Give the bucket an `aws_s3_bucket_public_access_block` with `restrict_public_buckets = true`.
#   compliance:
#     cis-aws: ["2.1.4"]
#     nist-800-53: ["AC-3", "SC-7"]
#   input:
#     selector:
#       - type: cloud
package builtin.aws.s3.aws0093

import rego.v1

import data.builtin.lib.aws
import data.builtin.lib.aws_s3

deny contains res if {
	some found in aws_s3.unblocked("restrict_public_buckets")
	res := result.new(sprintf("'%s' does not restrict access under public policies", [aws.label(found)]), found)
}
