# METADATA
# title: CloudFront takes plain HTTP
# description: What viewers send and get can be read and changed on its way.
# scope: package
# related_resources:
#   - https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-https-viewers-to-cloudfront.html
# custom:
#   id: AWS-0012
#   aliases: []
#   severity: CRITICAL
#   recommended_action: Set `viewer_protocol_policy` to `redirect-to-https` or `https-only` in each cache behavior.
#   compliance:
#     nist-800-53: ["SC-8"]
#   input:
#     selector:
#       - type: cloud
package builtin.aws.cloudfront.aws0012

import rego.v1

import data.builtin.lib.aws

deny contains res if {
	some distribution in aws.of_type("aws_cloudfront_distribution")
	some kind in ["default_cache_behavior", "ordered_cache_behavior"]
	some behavior in aws.blocks(distribution.values, kind)
	object.get(behavior, "viewer_protocol_policy", null) in [null, "allow-all"]
	res := result.new(sprintf("'%s' takes plain HTTP (%s)", [aws.label(distribution), place(kind, behavior)]), behavior)
}

place(kind, behavior) := behavior.path_pattern if {
	kind == "ordered_cache_behavior"
	is_string(behavior.path_pattern)
} else := kind
