# METADATA
# title: Trails do not record all regions
# description: What an attacker does in a region that is not otherwise used stays unseen.
# scope: package
# related_resources:
#   - https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-concepts.html
# custom:
#   id: AWS-0014
#   aliases: []
#   severity: MEDIUM
#   recommended_action: Set `is_multi_region_trail = true`.
#   compliance:
#     cis-aws: ["3.1"]
#     nist-800-53: ["AU-2", "AU-12"]
#   input:
#     selector:
#       - type: cloud
package builtin.aws.cloudtrail.aws0014

import rego.v1

import data.builtin.lib.aws

deny contains res if {
	some resource in aws.of_type("aws_cloudtrail")
	aws.off(resource.values, "is_multi_region_trail")
	res := result.new(sprintf("'%s' does not record all regions", [aws.label(resource)]), resource)
}
