# METADATA
# title: ElastiCache replication groups are not encrypted at rest
# description: What the cache writes to disk, and its backups, can be read by whoever gets hold of a copy.
# scope: package
# related_resources:
#   - https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/at-rest-encryption.html
# custom:
#   id: AWS-0045
#   aliases: []
#   severity: HIGH
#   recommended_action: Set `at_rest_encryption_enabled = true`.
#   compliance:
#     nist-800-53: ["SC-28"]
#   input:
#     selector:
#       - type: cloud
package builtin.aws.elasticache.aws0045

import rego.v1

import data.builtin.lib.aws

deny contains res if {
	some resource in aws.of_type("aws_elasticache_replication_group")
	aws.off(resource.values, "at_rest_encryption_enabled")
	res := result.new(sprintf("'%s' is not encrypted at rest", [aws.label(resource)]), resource)
}
