package builtin.aws.ec2.aws0107_test

import rego.v1

import data.builtin.aws.ec2.aws0107 as check
import data.builtin.lib.aws_fixtures

group(rule) := aws_fixtures.one("aws_security_group", {"ingress": [rule]})

single(port) := aws_fixtures.one("aws_vpc_security_group_ingress_rule", {
	"cidr_ipv4": "0.0.0.0/0",
	"ip_protocol": "tcp",
	"from_port": port,
	"to_port": port,
})

legacy(type) := aws_fixtures.one("aws_security_group_rule", {
	"type": type,
	"cidr_blocks": ["0.0.0.0/0"],
	"protocol": "-1",
	"from_port": 0,
	"to_port": 0,
})

test_an_open_port_fails if {
	count(check.deny) == 1 with input as group({"cidr_blocks": ["0.0.0.0/0"], "protocol": "tcp", "from_port": 22, "to_port": 22})
	count(check.deny) == 1 with input as group({"ipv6_cidr_blocks": ["::/0"], "protocol": "tcp", "from_port": "3389", "to_port": "3389"})
}

test_every_protocol_fails_for_both_ports if {
	count(check.deny) == 2 with input as group({"cidr_blocks": ["0.0.0.0/0"], "protocol": -1})
	count(check.deny) == 2 with input as legacy("ingress")
}

test_a_rule_of_its_own_fails if {
	count(check.deny) == 1 with input as single(22)
}

test_other_ports_pass if {
	count(check.deny) == 0 with input as single(443)
}

test_other_directions_pass if {
	count(check.deny) == 0 with input as legacy("egress")
}

test_known_networks_pass if {
	count(check.deny) == 0 with input as group({"cidr_blocks": ["10.0.0.0/8"], "protocol": "tcp", "from_port": 22, "to_port": 22})
}

test_what_is_not_known_makes_no_finding if {
	count(check.deny) == 0 with input as group({"cidr_blocks": aws_fixtures.unknown, "protocol": "tcp", "from_port": 22, "to_port": 22})
	count(check.deny) == 0 with input as group({"cidr_blocks": [aws_fixtures.unknown], "protocol": "tcp", "from_port": 22, "to_port": 22})
	count(check.deny) == 0 with input as single(aws_fixtures.unknown)
}
