package builtin.aws.cloudfront.aws0010_test

import rego.v1

import data.builtin.aws.cloudfront.aws0010 as check
import data.builtin.lib.aws_fixtures

test_none_fails if {
	count(check.deny) == 1 with input as aws_fixtures.one("aws_cloudfront_distribution", {})
}

test_logging_passes if {
	count(check.deny) == 0 with input as aws_fixtures.one("aws_cloudfront_distribution", {"logging_config": [{"bucket": "logs.example.com"}]})
}

test_what_is_not_known_makes_no_finding if {
	count(check.deny) == 0 with input as aws_fixtures.one("aws_cloudfront_distribution", {"logging_config": aws_fixtures.unknown})
}
