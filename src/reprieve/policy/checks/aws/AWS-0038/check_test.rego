package builtin.aws.eks.aws0038_test

import rego.v1

import data.builtin.aws.eks.aws0038 as check
import data.builtin.lib.aws_fixtures

test_none_fails if {
	count(check.deny) == 1 with input as aws_fixtures.one("aws_eks_cluster", {})
}

test_some_fail if {
	count(check.deny) == 1 with input as aws_fixtures.one("aws_eks_cluster", {"enabled_cluster_log_types": ["api", "audit"]})
}

test_all_pass if {
	count(check.deny) == 0 with input as aws_fixtures.one("aws_eks_cluster", {"enabled_cluster_log_types": ["api", "audit", "authenticator", "controllerManager", "scheduler"]})
}

test_what_is_not_known_makes_no_finding if {
	count(check.deny) == 0 with input as aws_fixtures.one("aws_eks_cluster", {"enabled_cluster_log_types": aws_fixtures.unknown})
}

test_a_part_that_is_not_known_makes_no_finding if {
	count(check.deny) == 0 with input as aws_fixtures.one("aws_eks_cluster", {"enabled_cluster_log_types": ["api", aws_fixtures.unknown]})
}
