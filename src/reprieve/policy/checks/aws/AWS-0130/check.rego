# METADATA
# title: Launch templates answer metadata requests without a token
# description: A web application that can be made to fetch an address gives away the credentials of its role to the first version of the metadata service; the second asks for a session token first.
# scope: package
# related_resources:
#   - https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-instance-metadata-service.html
# custom:
#   id: AWS-0130
#   aliases: []
#   severity: HIGH
#   recommended_action: Set `http_tokens = "required"` in `metadata_options`.
#   compliance:
#     cis-aws: ["5.6"]
#     nist-800-53: ["AC-3", "AC-6"]
#   input:
#     selector:
#       - type: cloud
package builtin.aws.ec2.aws0130

import rego.v1

import data.builtin.lib.aws
import data.builtin.lib.aws_metadata_service

deny contains res if {
	some resource in aws.of_type("aws_launch_template")
	some cause in aws_metadata_service.without_tokens(resource)
	res := result.new(sprintf("'%s' does not require tokens of the metadata service", [aws.label(resource)]), cause)
}
