package builtin.lib.aws

import rego.v1

resources := [resource |
	is_array(input.resources)
	some resource in input.resources
	is_object(resource)
	is_string(object.get(resource, "type", null))
	is_object(object.get(resource, "values", null))
]

positions[type] contains position if {
	some position, resource in resources
	type := resource.type
}

# The resources at some positions. (The engine finds `aws.resources[i]` undefined in other packages.)
at(wanted) := [resources[position] | some position in wanted]

# The resources of a type.
of_type(type) := at({position | some position in object.get(positions, type, set())})

# The resources of several types.
of_types(types) := [resource |
	some type in types
	some resource in of_type(type)
]

values(resource) := object.get(resource, "values", {})

# What messages call a resource.
label(resource) := name if {
	name := resource.address
	is_string(name)
} else := name if {
	name := resource.name
	is_string(name)
} else := resource.type

# A value that the text alone does not tell: a variable's, a function's, another resource's.
unresolved(value) if {
	is_object(value)
	some mark in ["__unknown__", "__reference__"]
	object.get(value, mark, null) != null
}

# Each of these is false of a value that is not known.
is_on(value) if value in [true, "true"]

is_off(value) if value in [null, false, "false"]

is_missing(value) if value in [null, "", [], {}]

# An attribute that is false, or not set where false is the default.
off(body, name) if is_off(object.get(body, name, null))

# An attribute, or all blocks of a name, that is not set.
missing(body, name) if is_missing(object.get(body, name, null))

# The text of an attribute in lower case; undefined for anything else.
text(body, name) := lower(value) if {
	value := object.get(body, name, null)
	is_string(value)
}

# The number that an attribute is, also where it is written as text; undefined for anything else.
number(body, name) := value if {
	value := object.get(body, name, null)
	is_number(value)
}

number(body, name) := to_number(value) if {
	value := object.get(body, name, null)
	is_string(value)
	regex.match(`^-?[0-9]{1,15}$`, value)
}

# A value as a list: JSON and Terraform allow one item to stand alone.
items(value) := value if is_array(value)

items(value) := [value] if {
	not is_array(value)
	value != null
}

# The nested blocks of a name; none where they are not known.
blocks(body, name) := [block |
	is_object(body)
	some block in items(object.get(body, name, null))
	is_object(block)
	not unresolved(block)
]

# Whether an attribute means a resource: by reference, or by the same name, known or not.
refers(value, resource, name_attributes) if {
	is_object(value)
	address := object.get(value, "__reference__", null)
	is_string(address)
	is_string(resource.address)
	same_address(address, resource.address)
}

refers(value, resource, name_attributes) if {
	value != null
	some name in name_attributes
	object.get(values(resource), name, null) == value
}

same_address(address, other) if address == other

# A plan gives each instance an address of its own.
same_address(address, other) if startswith(other, concat("", [address, "["]))

# Whether an attribute may mean any resource.
may_be_any(value) if {
	unresolved(value)
	object.get(value, "__reference__", null) == null
}
