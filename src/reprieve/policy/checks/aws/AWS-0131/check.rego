# METADATA
# title: Instances have unencrypted disks
# description: A snapshot of the disk that is shared or copied can be read by whoever gets hold of it.
# scope: package
# related_resources:
#   - https://docs.aws.amazon.com/ebs/latest/userguide/ebs-encryption.html
# custom:
#   id: AWS-0131
#   aliases: []
#   severity: HIGH
#   recommended_action: Set `encrypted = true` in `root_block_device` and in each `ebs_block_device`.
#   compliance:
#     cis-aws: ["2.2.1"]
#     nist-800-53: ["SC-28"]
#   input:
#     selector:
#       - type: cloud
package builtin.aws.ec2.aws0131

import rego.v1

import data.builtin.lib.aws

deny contains res if {
	some instance in aws.of_type("aws_instance")
	aws.missing(instance.values, "root_block_device")
	res := result.new(sprintf("'%s' does not say that its root disk is encrypted", [aws.label(instance)]), instance)
}

deny contains res if {
	some instance in aws.of_type("aws_instance")
	some kind in ["root_block_device", "ebs_block_device"]
	some position, device in aws.blocks(instance.values, kind)
	aws.off(device, "encrypted")
	aws.missing(device, "snapshot_id")
	res := result.new(sprintf("'%s' has an unencrypted disk (%s %d)", [aws.label(instance), kind, position]), device)
}
