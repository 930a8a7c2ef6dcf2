package builtin.aws.cloudtrail.aws0015_test

import rego.v1

import data.builtin.aws.cloudtrail.aws0015 as check
import data.builtin.lib.aws_fixtures

test_not_set_fails if {
	count(check.deny) == 1 with input as aws_fixtures.one("aws_cloudtrail", {})
}

test_an_empty_one_fails if {
	count(check.deny) == 1 with input as aws_fixtures.one("aws_cloudtrail", {"kms_key_id": ""})
}

test_one_passes if {
	count(check.deny) == 0 with input as aws_fixtures.one("aws_cloudtrail", {"kms_key_id": "alias/example"})
}

test_a_reference_passes if {
	count(check.deny) == 0 with input as aws_fixtures.one("aws_cloudtrail", {"kms_key_id": aws_fixtures.id_of("aws_kms_key", "example")})
}

test_what_is_not_known_makes_no_finding if {
	count(check.deny) == 0 with input as aws_fixtures.one("aws_cloudtrail", {"kms_key_id": aws_fixtures.unknown})
}
