# METADATA
# title: EBS volumes are not encrypted
# description: The volume's data, and every snapshot of it, can be read by whoever gets hold of a copy.
# scope: package
# related_resources:
#   - https://docs.aws.amazon.com/ebs/latest/userguide/ebs-encryption.html
# custom:
#   id: AWS-0026
#   aliases: []
#   severity: HIGH
#   recommended_action: Set `encrypted = true`.
#   compliance:
#     cis-aws: ["2.2.1"]
#     nist-800-53: ["SC-28"]
#   input:
#     selector:
#       - type: cloud
package builtin.aws.ec2.aws0026

import rego.v1

import data.builtin.lib.aws

deny contains res if {
	some resource in aws.of_type("aws_ebs_volume")
	aws.off(resource.values, "encrypted")
	aws.missing(resource.values, "snapshot_id")
	res := result.new(sprintf("'%s' is not encrypted", [aws.label(resource)]), resource)
}
