# METADATA
# title: Database clusters are not encrypted
# description: The cluster's storage and its backups can be read by whoever gets hold of a copy; encryption cannot be switched on later.
# scope: package
# related_resources:
#   - https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Overview.Encryption.html
# custom:
#   id: AWS-0079
#   aliases: []
#   severity: HIGH
#   recommended_action: Set `storage_encrypted = true`.
#   compliance:
#     cis-aws: ["2.3.1"]
#     nist-800-53: ["SC-28"]
#   input:
#     selector:
#       - type: cloud
package builtin.aws.rds.aws0079

import rego.v1

import data.builtin.lib.aws

deny contains res if {
	some resource in aws.of_type("aws_rds_cluster")
	aws.off(resource.values, "storage_encrypted")
	every source in ["replication_source_identifier", "snapshot_identifier", "global_cluster_identifier"] {
		aws.missing(resource.values, source)
	}
	not aws.text(resource.values, "engine_mode") == "serverless"
	res := result.new(sprintf("'%s' does not encrypt its storage", [aws.label(resource)]), resource)
}
