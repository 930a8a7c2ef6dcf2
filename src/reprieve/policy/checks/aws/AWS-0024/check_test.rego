package builtin.aws.dynamodb.aws0024_test

import rego.v1

import data.builtin.aws.dynamodb.aws0024 as check
import data.builtin.lib.aws_fixtures

test_not_set_fails if {
	count(check.deny) == 1 with input as aws_fixtures.one("aws_dynamodb_table", {})
}

test_off_fails if {
	count(check.deny) == 1 with input as aws_fixtures.one("aws_dynamodb_table", {"point_in_time_recovery": [{"enabled": false}]})
}

test_on_passes if {
	count(check.deny) == 0 with input as aws_fixtures.one("aws_dynamodb_table", {"point_in_time_recovery": [{"enabled": true}]})
}

test_what_is_not_known_makes_no_finding if {
	count(check.deny) == 0 with input as aws_fixtures.one("aws_dynamodb_table", {"point_in_time_recovery": [{"enabled": aws_fixtures.unknown}]})
}
