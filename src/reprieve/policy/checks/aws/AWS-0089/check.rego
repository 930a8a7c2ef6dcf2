# METADATA
# title: Buckets do not log access
# description: After an incident nobody can tell who read or changed which object.
# scope: package
# related_resources:
#   - https://docs.aws.amazon.com/AmazonS3/latest/userguide/ServerLogs.html
# custom:
#   id: AWS-0089
#   aliases: []
#   severity: LOW
#   recommended_action: Add an `aws_s3_bucket_logging` with a `target_bucket`.
#   compliance:
#     cis-aws: ["3.4"]
#     nist-800-53: ["AU-2", "AU-12"]
#   input:
#     selector:
#       - type: cloud
package builtin.aws.s3.aws0089

import rego.v1

import data.builtin.lib.aws
import data.builtin.lib.aws_s3

deny contains res if {
	some bucket in aws_s3.buckets
	aws.missing(bucket.values, "logging")
	count(aws_s3.beside(bucket, "aws_s3_bucket_logging")) == 0
	not takes_logs(bucket)
	res := result.new(sprintf("Bucket '%s' does not log access", [aws.label(bucket)]), bucket)
}

# A bucket that takes the logs of others would only log itself.
takes_logs(bucket) if aws.text(bucket.values, "acl") == "log-delivery-write"

takes_logs(bucket) if {
	some list in aws_s3.beside(bucket, "aws_s3_bucket_acl")
	aws.text(list.values, "acl") == "log-delivery-write"
}

takes_logs(bucket) if {
	some key in aws_s3.keys(bucket)
	key in targets
}

targets := {key |
	some owner in aws.of_types(["aws_s3_bucket", "aws_s3_bucket_logging"])
	some body in array.concat([owner.values], aws.blocks(owner.values, "logging"))
	some key in aws_s3.meant(object.get(body, "target_bucket", null))
}
