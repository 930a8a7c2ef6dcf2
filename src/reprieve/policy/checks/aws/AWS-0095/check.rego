# METADATA
# title: SNS topics are not encrypted
# description: Messages are stored as they were sent until they are delivered.
# scope: package
# related_resources:
#   - https://docs.aws.amazon.com/sns/latest/dg/sns-server-side-encryption.html
# custom:
#   id: AWS-0095
#   aliases: []
#   severity: HIGH
#   recommended_action: Set `kms_master_key_id`.
#   compliance:
#     nist-800-53: ["SC-28"]
#   input:
#     selector:
#       - type: cloud
package builtin.aws.sns.aws0095

import rego.v1

import data.builtin.lib.aws

deny contains res if {
	some resource in aws.of_type("aws_sns_topic")
	aws.missing(resource.values, "kms_master_key_id")
	res := result.new(sprintf("'%s' is not encrypted", [aws.label(resource)]), resource)
}
