package builtin.lib.aws_network

import rego.v1

import data.builtin.lib.aws

# A rule, with what it belongs to and what to point at.
ingress_rules := array.concat(inline("ingress"), array.concat(
	legacy("ingress"),
	separate("aws_vpc_security_group_ingress_rule"),
))

egress_rules := array.concat(inline("egress"), array.concat(
	legacy("egress"),
	separate("aws_vpc_security_group_egress_rule"),
))

inline(direction) := [{"of": aws.label(group), "body": block, "cause": block} |
	some group in aws.of_types(["aws_security_group", "aws_default_security_group"])
	some block in aws.blocks(group.values, direction)
]

legacy(direction) := [{"of": aws.label(rule), "body": rule.values, "cause": rule} |
	some rule in aws.of_type("aws_security_group_rule")
	aws.text(rule.values, "type") == direction
]

separate(type) := [{"of": aws.label(rule), "body": rule.values, "cause": rule} |
	some rule in aws.of_type(type)
]

# Every address there is, in IPv4 or IPv6.
open_ranges(rule) := {range |
	some name in ["cidr_blocks", "ipv6_cidr_blocks", "cidr_ipv4", "cidr_ipv6"]
	some range in aws.items(object.get(rule.body, name, null))
	is_string(range)
	endswith(range, "/0")
}

covers_port(rule, _) if every_protocol(rule)

covers_port(rule, port) if {
	protocol(rule) in {"tcp", "udp", "6", "17"}
	aws.number(rule.body, "from_port") <= port
	aws.number(rule.body, "to_port") >= port
}

every_protocol(rule) if protocol(rule) in {"-1", "all"}

protocol(rule) := text if {
	some name in ["protocol", "ip_protocol"]
	text := aws.text(rule.body, name)
}

protocol(rule) := text if {
	some name in ["protocol", "ip_protocol"]
	value := object.get(rule.body, name, null)
	is_number(value)
	text := format_int(value, 10)
}
