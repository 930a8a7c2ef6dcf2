# METADATA
# title: VPCs have no flow log
# description: Without one nobody can tell afterwards which hosts talked to each other, or what was refused.
# scope: package
# related_resources:
#   - https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs.html
# custom:
#   id: AWS-0178
#   aliases: []
#   severity: MEDIUM
#   recommended_action: Add an `aws_flow_log` with the `vpc_id` of this VPC.
#   compliance:
#     cis-aws: ["3.7"]
#     nist-800-53: ["AU-2", "AU-12", "SI-4"]
#   input:
#     selector:
#       - type: cloud
package builtin.aws.ec2.aws0178

import rego.v1

import data.builtin.lib.aws

deny contains res if {
	some vpc in aws.of_types(["aws_vpc", "aws_default_vpc"])
	not logged(vpc)
	res := result.new(sprintf("'%s' has no flow log", [aws.label(vpc)]), vpc)
}

logged(vpc) if {
	some log in aws.of_type("aws_flow_log")
	means(object.get(log.values, "vpc_id", null), vpc)
}

means(id, vpc) if aws.refers(id, vpc, ["id"])

means(id, _) if aws.may_be_any(id)
