package builtin.dockerfile.DS011_test

import rego.v1

import data.builtin.dockerfile.DS011 as check
import data.builtin.lib.docker_fixtures as fixtures

test_no_slash if {
	count(check.deny) == 1 with input as fixtures.file([[["from", ["alpine:3.20"]], ["copy", ["a", "b", "/srv"]]]])
}

test_slash if {
	count(check.deny) == 0 with input as fixtures.file([[["from", ["alpine:3.20"]], ["copy", ["a", "b", "/srv/"]]]])
}

test_here if {
	count(check.deny) == 0 with input as fixtures.file([[
		["from", ["alpine:3.20"]],
		["copy", ["a", "b", "."]],
		["copy", ["a", "b", "/srv/."]],
	]])
}

test_one_source if {
	count(check.deny) == 0 with input as fixtures.file([[["from", ["alpine:3.20"]], ["copy", ["a", "/srv"]]]])
}

test_variable if {
	count(check.deny) == 0 with input as fixtures.file([[["from", ["alpine:3.20"]], ["copy", ["a", "b", "${HOME}"]]]])
}

test_file_with_a_dot if {
	count(check.deny) == 1 with input as fixtures.file([[["from", ["alpine:3.20"]], ["copy", ["a", "b", "/srv/x."]]]])
}
