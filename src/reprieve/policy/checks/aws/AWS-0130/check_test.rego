package builtin.aws.ec2.aws0130_test

import rego.v1

import data.builtin.aws.ec2.aws0130 as check
import data.builtin.lib.aws_fixtures

test_version_one_fails if {
	count(check.deny) == 1 with input as aws_fixtures.one("aws_launch_template", {})
	count(check.deny) == 1 with input as aws_fixtures.one("aws_launch_template", {"metadata_options": [{"http_tokens": "optional"}]})
	count(check.deny) == 1 with input as aws_fixtures.one("aws_launch_template", {"metadata_options": [{"http_endpoint": "enabled"}]})
}

test_version_two_passes if {
	count(check.deny) == 0 with input as aws_fixtures.one("aws_launch_template", {"metadata_options": [{"http_tokens": "required"}]})
}

test_no_service_passes if {
	count(check.deny) == 0 with input as aws_fixtures.one("aws_launch_template", {"metadata_options": [{"http_endpoint": "disabled"}]})
}

test_what_is_not_known_makes_no_finding if {
	count(check.deny) == 0 with input as aws_fixtures.one("aws_launch_template", {"metadata_options": aws_fixtures.unknown})
	count(check.deny) == 0 with input as aws_fixtures.one("aws_launch_template", {"metadata_options": [{"http_tokens": aws_fixtures.unknown}]})
}
