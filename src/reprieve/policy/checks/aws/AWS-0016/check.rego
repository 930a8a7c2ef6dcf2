# METADATA
# title: Trails do not prove that their logs are unchanged
# description: Whoever can write to the bucket can remove their own traces; digests would show it.
# scope: package
# related_resources:
#   - https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-log-file-validation-intro.html
# custom:
#   id: AWS-0016
#   aliases: []
#   severity: HIGH
#   recommended_action: Set `enable_log_file_validation = true`.
#   compliance:
#     cis-aws: ["3.2"]
#     nist-800-53: ["AU-9", "SI-7"]
#   input:
#     selector:
#       - type: cloud
package builtin.aws.cloudtrail.aws0016

import rego.v1

import data.builtin.lib.aws

deny contains res if {
	some resource in aws.of_type("aws_cloudtrail")
	aws.off(resource.values, "enable_log_file_validation")
	res := result.new(sprintf("'%s' does not validate its log files", [aws.label(resource)]), resource)
}
