package builtin.lib.aws_fixtures

import rego.v1

# A document of one resource.
one(type, values) := {"resources": [resource(type, "example", values)]}

resource(type, name, values) := {
	"type": type,
	"name": name,
	"address": concat(".", [type, name]),
	"values": values,
	"__path__": "main.tf",
	"__start_line__": 1,
	"__end_line__": 9,
}

unknown := {"__unknown__": "var.x"}

id_of(type, name) := {"__reference__": concat(".", [type, name]), "__attribute__": "id"}
