package builtin.lib.fields_test

import rego.v1

import data.builtin.lib.fields

test_objects if fields.objects({"x": [{"a": 1}, null, "y", {"b": 2}]}, "x") == [{"a": 1}, {"b": 2}]

test_strings if fields.strings({"x": ["a", null, 5, {}]}, "x") == ["a"]

test_texts if fields.texts({"x": {"a": "b", "c": 5}}, "x") == {"a": "b"}

test_absent_or_of_another_type if {
	every parent in [{}, {"x": null}, {"x": 5}, {"x": "y"}, {"x": []}, {"x": [[]]}, "x", null] {
		fields.objects(parent, "x") == []
		fields.strings(parent, "x") == []
		fields.texts(parent, "x") == {}
	}
}
