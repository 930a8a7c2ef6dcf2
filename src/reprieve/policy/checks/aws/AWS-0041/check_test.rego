package builtin.aws.eks.aws0041_test

import rego.v1

import data.builtin.aws.eks.aws0041 as check
import data.builtin.lib.aws_fixtures

test_not_set_fails if {
	count(check.deny) == 1 with input as aws_fixtures.one("aws_eks_cluster", {"vpc_config": [{}]})
}

test_everybody_fails if {
	count(check.deny) == 1 with input as aws_fixtures.one("aws_eks_cluster", {"vpc_config": [{"public_access_cidrs": ["0.0.0.0/0"]}]})
}

test_known_networks_pass if {
	count(check.deny) == 0 with input as aws_fixtures.one("aws_eks_cluster", {"vpc_config": [{"public_access_cidrs": ["192.0.2.0/24"]}]})
}

test_no_public_endpoint_passes if {
	count(check.deny) == 0 with input as aws_fixtures.one("aws_eks_cluster", {"vpc_config": [{"endpoint_public_access": false}]})
}

test_what_is_not_known_makes_no_finding if {
	count(check.deny) == 0 with input as aws_fixtures.one("aws_eks_cluster", {"vpc_config": [{"public_access_cidrs": aws_fixtures.unknown}]})
}
