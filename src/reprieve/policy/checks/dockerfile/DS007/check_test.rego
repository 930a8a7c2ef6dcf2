package builtin.dockerfile.DS007_test

import rego.v1

import data.builtin.dockerfile.DS007 as check
import data.builtin.lib.docker_fixtures as fixtures

test_twice if {
	count(check.deny) == 1 with input as fixtures.file([[
		["from", ["alpine:3.20"]],
		["entrypoint", ["shop"]],
		["entrypoint", ["shop"]],
	]])
}

test_in_two_stages if {
	count(check.deny) == 2 with input as fixtures.file([
		[["from", ["alpine:3.20", "AS", "test"]], ["entrypoint", ["shop"]], ["entrypoint", ["shop"]]],
		[["from", ["alpine:3.20"]], ["entrypoint", ["shop"]], ["entrypoint", ["shop"]], ["entrypoint", ["shop"]]],
	])
}

test_once_a_stage if {
	count(check.deny) == 0 with input as fixtures.file([
		[["from", ["alpine:3.20", "AS", "test"]], ["entrypoint", ["shop"]]],
		[["from", ["alpine:3.20"]], ["entrypoint", ["shop"]]],
	])
}

test_none if {
	count(check.deny) == 0 with input as fixtures.file([[["from", ["alpine:3.20"]]]])
}
