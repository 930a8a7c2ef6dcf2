# METADATA
# title: CloudFront does not log access
# description: After an incident nobody can tell who asked for what.
# scope: package
# related_resources:
#   - https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/AccessLogs.html
# custom:
#   id: AWS-0010
#   aliases: []
#   severity: MEDIUM
#   recommended_action: Add a `logging_config`.
#   compliance:
#     nist-800-53: ["AU-2", "AU-12"]
#   input:
#     selector:
#       - type: cloud
package builtin.aws.cloudfront.aws0010

import rego.v1

import data.builtin.lib.aws

deny contains res if {
	some distribution in aws.of_type("aws_cloudfront_distribution")
	aws.missing(distribution.values, "logging_config")
	res := result.new(sprintf("'%s' does not log access", [aws.label(distribution)]), distribution)
}
