package builtin.aws.elb.aws0053_test

import rego.v1

import data.builtin.aws.elb.aws0053 as check
import data.builtin.lib.aws_fixtures

test_not_set_fails if {
	count(check.deny) == 1 with input as aws_fixtures.one("aws_lb", {})
}

test_public_fails if {
	count(check.deny) == 1 with input as aws_fixtures.one("aws_lb", {"internal": false})
}

test_internal_passes if {
	count(check.deny) == 0 with input as aws_fixtures.one("aws_lb", {"internal": true})
}

test_a_gateway_passes if {
	count(check.deny) == 0 with input as aws_fixtures.one("aws_lb", {"load_balancer_type": "gateway"})
}

test_what_is_not_known_makes_no_finding if {
	count(check.deny) == 0 with input as aws_fixtures.one("aws_lb", {"internal": aws_fixtures.unknown})
}
