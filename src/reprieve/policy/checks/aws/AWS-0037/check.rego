# METADATA
# title: EFS file systems are not encrypted
# description: The files can be read by whoever gets hold of the storage or a backup; encryption cannot be switched on later.
# scope: package
# related_resources:
#   - https://docs.aws.amazon.com/efs/latest/ug/encryption-at-rest.html
# custom:
#   id: AWS-0037
#   aliases: []
#   severity: HIGH
#   recommended_action: Set `encrypted = true`.
#   compliance:
#     cis-aws: ["2.4.1"]
#     nist-800-53: ["SC-28"]
#   input:
#     selector:
#       - type: cloud
package builtin.aws.efs.aws0037

import rego.v1

import data.builtin.lib.aws

deny contains res if {
	some resource in aws.of_type("aws_efs_file_system")
	aws.off(resource.values, "encrypted")
	res := result.new(sprintf("'%s' is not encrypted", [aws.label(resource)]), resource)
}
