package builtin.aws.iam.aws0057_test

import rego.v1

import data.builtin.aws.iam.aws0057 as check
import data.builtin.lib.aws_fixtures

policy(statement) := aws_fixtures.one("aws_iam_policy", {"policy": {"Statement": [statement]}})

test_wildcards_fail if {
	count(check.deny) == 1 with input as policy({"Effect": "Allow", "Action": "*", "Resource": "*"})
	count(check.deny) == 2 with input as policy({"Effect": "Allow", "Action": ["s3:*", "sqs:*", "sns:Publish"]})
}

test_one_statement_without_its_list_fails if {
	values := {"policy": {"Statement": {"Effect": "Allow", "Action": "s3:*"}}}
	count(check.deny) == 1 with input as aws_fixtures.one("aws_iam_user_policy", values)
}

test_an_inline_policy_fails if {
	values := {"inline_policy": [{"name": "x", "policy": {"Statement": [{"Effect": "Allow", "Action": "s3:*"}]}}]}
	count(check.deny) == 1 with input as aws_fixtures.one("aws_iam_role", values)
}

test_the_finding_is_on_the_statement if {
	statement := {"Effect": "Allow", "Action": "*", "__start_line__": 5, "__end_line__": 8}
	some res in check.deny with input as policy(statement)
	res.msg == "'aws_iam_policy.example' allows '*'"
}

test_named_actions_pass if {
	count(check.deny) == 0 with input as policy({"Effect": "Allow", "Action": ["s3:GetObject", "s3:List*"]})
}

test_denials_pass if {
	count(check.deny) == 0 with input as policy({"Effect": "Deny", "Action": "*"})
}

test_policies_of_resources_pass if {
	values := {"policy": {"Statement": [{"Effect": "Allow", "Action": "kms:*", "Principal": "*"}]}}
	count(check.deny) == 0 with input as aws_fixtures.one("aws_kms_key", values)
}

test_odd_shapes_are_no_error if {
	every values in [{"policy": null}, {"policy": "x"}, {"policy": {}}, {"policy": {"Statement": [null, 1]}}, {"inline_policy": 5}] {
		count(check.deny) == 0 with input as aws_fixtures.one("aws_iam_policy", values)
	}
}

test_what_is_not_known_makes_no_finding if {
	count(check.deny) == 0 with input as aws_fixtures.one("aws_iam_policy", {"policy": aws_fixtures.unknown})
	count(check.deny) == 0 with input as policy({"Effect": "Allow", "Action": aws_fixtures.unknown})
	count(check.deny) == 0 with input as policy({"Effect": aws_fixtures.unknown, "Action": "*"})
}
