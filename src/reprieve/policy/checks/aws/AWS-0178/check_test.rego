package builtin.aws.ec2.aws0178_test

import rego.v1

import data.builtin.aws.ec2.aws0178 as check
import data.builtin.lib.aws_fixtures

vpc := aws_fixtures.resource("aws_vpc", "example", {"cidr_block": "10.0.0.0/16"})

logged(id) := {"resources": [vpc, aws_fixtures.resource("aws_flow_log", "example", {"vpc_id": id})]}

test_none_fails if {
	count(check.deny) == 1 with input as {"resources": [vpc]}
}

test_one_of_another_vpc_fails if {
	count(check.deny) == 1 with input as logged(aws_fixtures.id_of("aws_vpc", "other"))
	count(check.deny) == 1 with input as logged(null)
}

test_one_passes if {
	count(check.deny) == 0 with input as logged(aws_fixtures.id_of("aws_vpc", "example"))
}

test_what_is_not_known_makes_no_finding if {
	count(check.deny) == 0 with input as logged(aws_fixtures.unknown)
}
