# METADATA
# title: Security groups let traffic out to everywhere
# description: >-
#   Whatever runs in the group can reach any address, so malware reaches its operators and stolen data a place to go.
# scope: package
# related_resources:
#   - https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html
# custom:
#   id: AWS-0104
#   aliases: []
#   severity: CRITICAL
#   recommended_action: Allow only the networks, prefix lists or security groups that are needed.
#   compliance:
#     nist-800-53: ["AC-4", "SC-7"]
#   input:
#     selector:
#       - type: cloud
package builtin.aws.ec2.aws0104

import rego.v1

import data.builtin.lib.aws_network

deny contains res if {
	some rule in aws_network.egress_rules
	some range in aws_network.open_ranges(rule)
	res := result.new(sprintf("'%s' allows traffic to %s", [rule.of, range]), rule.cause)
}
