package builtin.aws.ecr.aws0031_test

import rego.v1

import data.builtin.aws.ecr.aws0031 as check
import data.builtin.lib.aws_fixtures

test_not_set_fails if {
	count(check.deny) == 1 with input as aws_fixtures.one("aws_ecr_repository", {})
}

test_mutable_fails if {
	count(check.deny) == 1 with input as aws_fixtures.one("aws_ecr_repository", {"image_tag_mutability": "MUTABLE"})
}

test_immutable_passes if {
	count(check.deny) == 0 with input as aws_fixtures.one("aws_ecr_repository", {"image_tag_mutability": "IMMUTABLE"})
}

test_what_is_not_known_makes_no_finding if {
	count(check.deny) == 0 with input as aws_fixtures.one("aws_ecr_repository", {"image_tag_mutability": aws_fixtures.unknown})
}
