package builtin.dockerfile.DS016_test

import rego.v1

import data.builtin.dockerfile.DS016 as check
import data.builtin.lib.docker_fixtures as fixtures

test_twice if {
	count(check.deny) == 1 with input as fixtures.file([[["from", ["alpine:3.20"]], ["cmd", ["shop"]], ["cmd", ["shop"]]]])
}

test_in_two_stages if {
	count(check.deny) == 2 with input as fixtures.file([
		[["from", ["alpine:3.20", "AS", "test"]], ["cmd", ["shop"]], ["cmd", ["shop"]]],
		[["from", ["alpine:3.20"]], ["cmd", ["shop"]], ["cmd", ["shop"]], ["cmd", ["shop"]]],
	])
}

test_once_a_stage if {
	count(check.deny) == 0 with input as fixtures.file([
		[["from", ["alpine:3.20", "AS", "test"]], ["cmd", ["shop"]]],
		[["from", ["alpine:3.20"]], ["cmd", ["shop"]]],
	])
}

test_none if {
	count(check.deny) == 0 with input as fixtures.file([[["from", ["alpine:3.20"]]]])
}
