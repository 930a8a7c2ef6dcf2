# METADATA
# title: Load balancers face the internet
# description: What stands behind the load balancer is then reachable by everybody, which should be a decision and not a default.
# scope: package
# related_resources:
#   - https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html
# custom:
#   id: AWS-0053
#   aliases: []
#   severity: HIGH
#   recommended_action: Set `internal = true`, or record why it must be public.
#   compliance:
#     nist-800-53: ["AC-4", "SC-7"]
#   input:
#     selector:
#       - type: cloud
package builtin.aws.elb.aws0053

import rego.v1

import data.builtin.lib.aws

deny contains res if {
	some balancer in aws.of_types(["aws_lb", "aws_alb"])
	aws.off(balancer.values, "internal")
	not aws.text(balancer.values, "load_balancer_type") == "gateway"
	res := result.new(sprintf("'%s' faces the internet", [aws.label(balancer)]), balancer)
}
