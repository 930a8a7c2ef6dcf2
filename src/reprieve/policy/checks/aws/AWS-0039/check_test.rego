package builtin.aws.eks.aws0039_test

import rego.v1

import data.builtin.aws.eks.aws0039 as check
import data.builtin.lib.aws_fixtures

test_not_set_fails if {
	count(check.deny) == 1 with input as aws_fixtures.one("aws_eks_cluster", {})
}

test_another_resource_fails if {
	count(check.deny) == 1 with input as aws_fixtures.one("aws_eks_cluster", {"encryption_config": [{"resources": []}]})
}

test_secrets_pass if {
	count(check.deny) == 0 with input as aws_fixtures.one("aws_eks_cluster", {"encryption_config": [{"resources": ["secrets"], "provider": [{"key_arn": "alias/example"}]}]})
}

test_what_is_not_known_makes_no_finding if {
	count(check.deny) == 0 with input as aws_fixtures.one("aws_eks_cluster", {"encryption_config": [{"resources": aws_fixtures.unknown}]})
}
