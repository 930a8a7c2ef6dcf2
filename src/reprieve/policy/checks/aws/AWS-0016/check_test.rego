package builtin.aws.cloudtrail.aws0016_test

import rego.v1

import data.builtin.aws.cloudtrail.aws0016 as check
import data.builtin.lib.aws_fixtures

test_not_set_fails if {
	count(check.deny) == 1 with input as aws_fixtures.one("aws_cloudtrail", {})
}

test_off_fails if {
	count(check.deny) == 1 with input as aws_fixtures.one("aws_cloudtrail", {"enable_log_file_validation": false})
}

test_off_as_text_fails if {
	count(check.deny) == 1 with input as aws_fixtures.one("aws_cloudtrail", {"enable_log_file_validation": "false"})
}

test_on_passes if {
	count(check.deny) == 0 with input as aws_fixtures.one("aws_cloudtrail", {"enable_log_file_validation": true})
}

test_on_as_text_passes if {
	count(check.deny) == 0 with input as aws_fixtures.one("aws_cloudtrail", {"enable_log_file_validation": "true"})
}

test_what_is_not_known_makes_no_finding if {
	count(check.deny) == 0 with input as aws_fixtures.one("aws_cloudtrail", {"enable_log_file_validation": aws_fixtures.unknown})
}
