# METADATA
# title: Database instances are not encrypted
# description: The storage, its backups and read replicas can be read by whoever gets hold of a copy; encryption cannot be switched on later.
# scope: package
# related_resources:
#   - https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Overview.Encryption.html
# custom:
#   id: AWS-0080
#   aliases: []
#   severity: HIGH
#   recommended_action: Set `storage_encrypted = true`.
#   compliance:
#     cis-aws: ["2.3.1"]
#     nist-800-53: ["SC-28"]
#   input:
#     selector:
#       - type: cloud
package builtin.aws.rds.aws0080

import rego.v1

import data.builtin.lib.aws

deny contains res if {
	some resource in aws.of_type("aws_db_instance")
	aws.off(resource.values, "storage_encrypted")
	every source in ["cluster_identifier", "replicate_source_db", "snapshot_identifier"] {
		aws.missing(resource.values, source)
	}
	res := result.new(sprintf("'%s' does not encrypt its storage", [aws.label(resource)]), resource)
}
