package builtin.dockerfile.DS026_test

import rego.v1

import data.builtin.dockerfile.DS026 as check
import data.builtin.lib.docker_fixtures as fixtures

test_none if {
	count(check.deny) == 1 with input as fixtures.file([[["from", ["alpine:3.20"]]]])
}

test_only_in_another_stage if {
	count(check.deny) == 1 with input as fixtures.file([
		[["from", ["alpine:3.20", "AS", "a"]], ["healthcheck", ["CMD", "x"]]],
		[["from", ["alpine:3.20"]]],
	])
}

test_defined if {
	count(check.deny) == 0 with input as fixtures.file([[["from", ["alpine:3.20"]], ["healthcheck", ["CMD", "x"]]]])
}

test_switched_off if {
	count(check.deny) == 0 with input as fixtures.file([[["from", ["alpine:3.20"]], ["healthcheck", ["NONE"]]]])
}

test_inherited if {
	count(check.deny) == 0 with input as fixtures.file([
		[["from", ["alpine:3.20", "AS", "a"]], ["healthcheck", ["CMD", "x"]]],
		[["from", ["a"]]],
	])
}
