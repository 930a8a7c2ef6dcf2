# Fields of an object that may be absent or of the wrong type, which then count as empty. A call with an
# absent argument is undefined, so these take the parent and the name of the field.
package builtin.lib.fields

import rego.v1

objects(parent, key) := [item | item := parent[key][_]; is_object(item)]

strings(parent, key) := [item | item := parent[key][_]; is_string(item)]

# The map of strings under the field, such as labels, annotations or the data of a config map.
texts(parent, key) := {name: text |
	is_object(parent[key])
	some name, text in parent[key]
	is_string(text)
}
