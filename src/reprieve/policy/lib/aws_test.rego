package builtin.lib.aws_test

import rego.v1

import data.builtin.lib.aws
import data.builtin.lib.aws_fixtures
import data.builtin.lib.aws_network

odd := {"resources": [
	null,
	1,
	"x",
	{},
	{"type": 5, "values": {}},
	{"type": "aws_vpc"},
	{"type": "aws_vpc", "values": null},
	{"type": "aws_vpc", "values": []},
	{"type": "aws_vpc", "values": {"a": 1}},
]}

test_only_resources_of_the_right_shape_are_seen if {
	count(aws.resources) == 1 with input as odd
}

test_no_shape_of_the_document_is_an_error if {
	every document in [{}, {"resources": null}, {"resources": "x"}, [], "x", null] {
		count(aws.of_type("aws_vpc")) == 0 with input as document
	}
}

test_what_is_not_known_is_neither_on_nor_off if {
	not aws.is_on(aws_fixtures.unknown)
	not aws.is_off(aws_fixtures.unknown)
	not aws.is_missing(aws_fixtures.unknown)
}

test_a_block_may_stand_without_its_list if {
	aws.blocks({"a": {"b": 1}}, "a") == [{"b": 1}]
	aws.blocks({"a": [{"b": 1}, null, 5]}, "a") == [{"b": 1}]
	aws.blocks({"a": aws_fixtures.unknown}, "a") == []
}

test_numbers_may_be_written_as_text if {
	aws.number({"a": "22"}, "a") == 22
	not aws.number({"a": "x"}, "a")
	not aws.number({"a": null}, "a")
}

test_a_reference_means_each_instance if {
	bucket := aws_fixtures.resource("aws_s3_bucket", "example[0]", {})
	aws.refers(aws_fixtures.id_of("aws_s3_bucket", "example"), bucket, ["bucket"])
	not aws.refers(aws_fixtures.id_of("aws_s3_bucket", "exam"), bucket, ["bucket"])
}

test_ports_are_known_only_from_numbers if {
	aws_network.covers_port({"body": {"protocol": "tcp", "from_port": 20, "to_port": "30"}}, 22)
	aws_network.covers_port({"body": {"ip_protocol": -1}}, 22)
	not aws_network.covers_port({"body": {"protocol": "tcp", "from_port": aws_fixtures.unknown, "to_port": 30}}, 22)
	not aws_network.covers_port({"body": {"protocol": "icmp", "from_port": 0, "to_port": 99}}, 22)
	not aws_network.covers_port({"body": {}}, 22)
}
