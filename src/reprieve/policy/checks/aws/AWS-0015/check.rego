# METADATA
# title: Trails are not encrypted with a key of one's own
# description: With a key of one's own, reading the log takes a permission of its own, which is logged too.
# scope: package
# related_resources:
#   - https://docs.aws.amazon.com/awscloudtrail/latest/userguide/encrypting-cloudtrail-log-files-with-aws-kms.html
# custom:
#   id: AWS-0015
#   aliases: []
#   severity: HIGH
#   recommended_action: Set `kms_key_id`.
#   compliance:
#     cis-aws: ["3.5"]
#     nist-800-53: ["AU-9", "SC-28"]
#   input:
#     selector:
#       - type: cloud
package builtin.aws.cloudtrail.aws0015

import rego.v1

import data.builtin.lib.aws

deny contains res if {
	some resource in aws.of_type("aws_cloudtrail")
	aws.missing(resource.values, "kms_key_id")
	res := result.new(sprintf("'%s' is not encrypted with a customer managed key", [aws.label(resource)]), resource)
}
