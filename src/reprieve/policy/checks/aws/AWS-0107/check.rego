# METADATA
# title: Security groups let everybody in to SSH or RDP
# description: Ports 22 and 3389 that the whole internet reaches are found within minutes, and then tried with every leaked password.
# scope: package
# related_resources:
#   - https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html
# custom:
#   id: AWS-0107
#   aliases: []
#   severity: HIGH
#   recommended_action: Allow the ports from known networks only, or use Session Manager instead.
#   compliance:
#     cis-aws: ["5.2", "5.3"]
#     nist-800-53: ["AC-4", "CM-7", "SC-7"]
#   input:
#     selector:
#       - type: cloud
package builtin.aws.ec2.aws0107

import rego.v1

import data.builtin.lib.aws_network

ports := {22: "SSH", 3389: "RDP"}

deny contains res if {
	some rule in aws_network.ingress_rules
	some range in aws_network.open_ranges(rule)
	some port, service in ports
	aws_network.covers_port(rule, port)
	res := result.new(sprintf("'%s' allows %s (port %d) from %s", [rule.of, service, port, range]), rule.cause)
}
