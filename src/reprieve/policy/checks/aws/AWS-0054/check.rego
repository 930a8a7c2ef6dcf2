# METADATA
# title: Load balancers take plain HTTP
# description: Passwords and sessions can be read and changed on their way.
# scope: package
# related_resources:
#   - https://docs.aws.amazon.com/elasticloadbalancing/latest/application/create-https-listener.html
# custom:
#   id: AWS-0054
#   aliases: []
#   severity: CRITICAL
#   recommended_action: Set `protocol = "HTTPS"`, or answer HTTP with a redirect to HTTPS.
#   compliance:
#     nist-800-53: ["SC-8"]
#   input:
#     selector:
#       - type: cloud
package builtin.aws.elb.aws0054

import rego.v1

import data.builtin.lib.aws

deny contains res if {
	some listener in aws.of_types(["aws_lb_listener", "aws_alb_listener"])
	aws.text(listener.values, "protocol") == "http"
	not redirects(listener)
	res := result.new(sprintf("'%s' takes plain HTTP", [aws.label(listener)]), listener)
}

redirects(listener) if {
	some action in aws.blocks(listener.values, "default_action")
	aws.text(action, "type") == "redirect"
	some redirect in aws.blocks(action, "redirect")
	object.get(redirect, "protocol", null) == "HTTPS"
}

redirects(listener) if {
	some action in aws.blocks(listener.values, "default_action")
	some redirect in aws.blocks(action, "redirect")
	aws.unresolved(object.get(redirect, "protocol", null))
}

redirects(listener) if {
	some action in aws.blocks(listener.values, "default_action")
	some value in [object.get(action, "type", null), object.get(action, "redirect", null)]
	aws.unresolved(value)
}
