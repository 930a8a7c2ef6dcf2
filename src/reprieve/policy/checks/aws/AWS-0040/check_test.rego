package builtin.aws.eks.aws0040_test

import rego.v1

import data.builtin.aws.eks.aws0040 as check
import data.builtin.lib.aws_fixtures

test_on_fails if {
	count(check.deny) == 1 with input as aws_fixtures.one("aws_eks_cluster", {"vpc_config": [{"endpoint_public_access": true}]})
}

test_not_set_fails if {
	count(check.deny) == 1 with input as aws_fixtures.one("aws_eks_cluster", {"vpc_config": [{}]})
}

test_off_passes if {
	count(check.deny) == 0 with input as aws_fixtures.one("aws_eks_cluster", {"vpc_config": [{"endpoint_public_access": false}]})
}

test_what_is_not_known_makes_no_finding if {
	count(check.deny) == 0 with input as aws_fixtures.one("aws_eks_cluster", {"vpc_config": [{"endpoint_public_access": aws_fixtures.unknown}]})
}
