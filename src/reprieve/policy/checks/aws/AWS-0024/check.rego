# METADATA
# title: DynamoDB tables cannot be restored to a point in time
# description: Items that a faulty release or an attacker overwrites are lost.
# scope: package
# related_resources:
#   - https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/PointInTimeRecovery.html
# custom:
#   id: AWS-0024
#   aliases: []
#   severity: MEDIUM
#   recommended_action: Add `point_in_time_recovery { enabled = true }`.
#   compliance:
#     nist-800-53: ["CP-9", "CP-10"]
#   input:
#     selector:
#       - type: cloud
package builtin.aws.dynamodb.aws0024

import rego.v1

import data.builtin.lib.aws

deny contains res if {
	some table in aws.of_type("aws_dynamodb_table")
	not recoverable(table)
	res := result.new(sprintf("'%s' cannot be restored to a point in time", [aws.label(table)]), table)
}

recoverable(table) if aws.unresolved(object.get(table.values, "point_in_time_recovery", null))

recoverable(table) if {
	some recovery in aws.blocks(table.values, "point_in_time_recovery")
	not aws.off(recovery, "enabled")
}
