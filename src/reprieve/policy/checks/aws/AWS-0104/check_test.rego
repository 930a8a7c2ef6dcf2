package builtin.aws.ec2.aws0104_test

import rego.v1

import data.builtin.aws.ec2.aws0104 as check
import data.builtin.lib.aws_fixtures

group(rule) := aws_fixtures.one("aws_security_group", {"egress": [rule]})

test_everywhere_fails if {
	count(check.deny) == 1 with input as group({"cidr_blocks": ["0.0.0.0/0"], "protocol": "-1"})
	count(check.deny) == 1 with input as group({"ipv6_cidr_blocks": ["::/0"], "protocol": "tcp"})
	count(check.deny) == 1 with input as aws_fixtures.one("aws_vpc_security_group_egress_rule", {"cidr_ipv4": "0.0.0.0/0"})
}

test_known_networks_pass if {
	count(check.deny) == 0 with input as group({"cidr_blocks": ["10.0.0.0/8"]})
	count(check.deny) == 0 with input as group({"prefix_list_ids": ["pl-1"]})
}

test_ingress_passes if {
	count(check.deny) == 0 with input as aws_fixtures.one("aws_security_group", {"ingress": [{"cidr_blocks": ["0.0.0.0/0"]}]})
}

test_what_is_not_known_makes_no_finding if {
	count(check.deny) == 0 with input as group({"cidr_blocks": aws_fixtures.unknown})
}
