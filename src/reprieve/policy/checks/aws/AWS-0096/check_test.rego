package builtin.aws.sqs.aws0096_test

import rego.v1

import data.builtin.aws.sqs.aws0096 as check
import data.builtin.lib.aws_fixtures

test_nothing_set_fails if {
	count(check.deny) == 1 with input as aws_fixtures.one("aws_sqs_queue", {})
}

test_switched_off_fails if {
	count(check.deny) == 1 with input as aws_fixtures.one("aws_sqs_queue", {"sqs_managed_sse_enabled": false})
}

test_managed_passes if {
	count(check.deny) == 0 with input as aws_fixtures.one("aws_sqs_queue", {"sqs_managed_sse_enabled": true})
}

test_a_key_passes if {
	count(check.deny) == 0 with input as aws_fixtures.one("aws_sqs_queue", {"kms_master_key_id": "alias/example"})
}

test_what_is_not_known_makes_no_finding if {
	count(check.deny) == 0 with input as aws_fixtures.one("aws_sqs_queue", {"kms_master_key_id": aws_fixtures.unknown})
}
