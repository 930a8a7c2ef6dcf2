# METADATA
# title: Database instances are publicly accessible
# description: The instance gets a public address, so that one wrong security group rule away the whole internet reaches its login.
# scope: package
# related_resources:
#   - https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_VPC.WorkingWithRDSInstanceinaVPC.html
# custom:
#   id: AWS-0180
#   aliases: []
#   severity: HIGH
#   recommended_action: Set `publicly_accessible = false`, which is the default.
#   compliance:
#     cis-aws: ["2.3.3"]
#     nist-800-53: ["AC-4", "SC-7"]
#   input:
#     selector:
#       - type: cloud
package builtin.aws.rds.aws0180

import rego.v1

import data.builtin.lib.aws

deny contains res if {
	some resource in aws.of_types(["aws_db_instance", "aws_rds_cluster_instance"])
	aws.is_on(object.get(resource.values, "publicly_accessible", null))
	res := result.new(sprintf("'%s' is publicly accessible", [aws.label(resource)]), resource)
}
