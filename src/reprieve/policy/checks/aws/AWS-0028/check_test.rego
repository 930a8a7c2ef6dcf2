package builtin.aws.ec2.aws0028_test

import rego.v1

import data.builtin.aws.ec2.aws0028 as check
import data.builtin.lib.aws_fixtures

test_version_one_fails if {
	count(check.deny) == 1 with input as aws_fixtures.one("aws_instance", {})
	count(check.deny) == 1 with input as aws_fixtures.one("aws_instance", {"metadata_options": [{"http_tokens": "optional"}]})
	count(check.deny) == 1 with input as aws_fixtures.one("aws_instance", {"metadata_options": [{"http_endpoint": "enabled"}]})
}

test_version_two_passes if {
	count(check.deny) == 0 with input as aws_fixtures.one("aws_instance", {"metadata_options": [{"http_tokens": "required"}]})
}

test_no_service_passes if {
	count(check.deny) == 0 with input as aws_fixtures.one("aws_instance", {"metadata_options": [{"http_endpoint": "disabled"}]})
}

test_what_is_not_known_makes_no_finding if {
	count(check.deny) == 0 with input as aws_fixtures.one("aws_instance", {"metadata_options": aws_fixtures.unknown})
	count(check.deny) == 0 with input as aws_fixtures.one("aws_instance", {"metadata_options": [{"http_tokens": aws_fixtures.unknown}]})
}

test_a_launch_template_decides_instead if {
	count(check.deny) == 0 with input as aws_fixtures.one("aws_instance", {"launch_template": [{"id": "lt-1"}]})
}
