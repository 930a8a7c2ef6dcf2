# METADATA
# title: ElastiCache replication groups take unencrypted traffic
# description: Sessions and other cached data can be read on the network between the application and the cache.
# scope: package
# related_resources:
#   - https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/in-transit-encryption.html
# custom:
#   id: AWS-0051
#   aliases: []
#   severity: HIGH
#   recommended_action: Set `transit_encryption_enabled = true`.
#   compliance:
#     nist-800-53: ["SC-8"]
#   input:
#     selector:
#       - type: cloud
package builtin.aws.elasticache.aws0051

import rego.v1

import data.builtin.lib.aws

deny contains res if {
	some resource in aws.of_type("aws_elasticache_replication_group")
	aws.off(resource.values, "transit_encryption_enabled")
	res := result.new(sprintf("'%s' takes unencrypted traffic", [aws.label(resource)]), resource)
}
