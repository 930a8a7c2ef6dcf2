# METADATA
# title: KMS keys are not rotated
# description: The longer one key is in use, the more a leak of it opens.
# scope: package
# related_resources:
#   - https://docs.aws.amazon.com/kms/latest/developerguide/rotate-keys.html
# custom:
#   id: AWS-0065
#   aliases: []
#   severity: MEDIUM
#   recommended_action: Set `enable_key_rotation = true`.
#   compliance:
#     cis-aws: ["3.6"]
#     nist-800-53: ["SC-12"]
#   input:
#     selector:
#       - type: cloud
package builtin.aws.kms.aws0065

import rego.v1

import data.builtin.lib.aws

deny contains res if {
	some resource in aws.of_type("aws_kms_key")
	aws.off(resource.values, "enable_key_rotation")
	symmetric(resource)
	res := result.new(sprintf("'%s' is not rotated", [aws.label(resource)]), resource)
}

# The others cannot be rotated by KMS.
symmetric(key) if {
	object.get(key.values, "key_usage", null) in [null, "", "ENCRYPT_DECRYPT"]
	object.get(key.values, "customer_master_key_spec", null) in [null, "", "SYMMETRIC_DEFAULT"]
}
