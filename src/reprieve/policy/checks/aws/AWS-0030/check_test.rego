package builtin.aws.ecr.aws0030_test

import rego.v1

import data.builtin.aws.ecr.aws0030 as check
import data.builtin.lib.aws_fixtures

test_not_set_fails if {
	count(check.deny) == 1 with input as aws_fixtures.one("aws_ecr_repository", {})
}

test_off_fails if {
	count(check.deny) == 1 with input as aws_fixtures.one("aws_ecr_repository", {"image_scanning_configuration": [{"scan_on_push": false}]})
}

test_on_passes if {
	count(check.deny) == 0 with input as aws_fixtures.one("aws_ecr_repository", {"image_scanning_configuration": [{"scan_on_push": true}]})
}

test_what_is_not_known_makes_no_finding if {
	count(check.deny) == 0 with input as aws_fixtures.one("aws_ecr_repository", {"image_scanning_configuration": [{"scan_on_push": aws_fixtures.unknown}]})
}
