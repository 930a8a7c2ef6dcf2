package builtin.dockerfile.DS023_test

import rego.v1

import data.builtin.dockerfile.DS023 as check
import data.builtin.lib.docker_fixtures as fixtures

test_twice if {
	count(check.deny) == 1 with input as fixtures.file([[
		["from", ["alpine:3.20"]],
		["healthcheck", ["CMD", "shop --ping"]],
		["healthcheck", ["CMD", "shop --ping"]],
	]])
}

test_in_two_stages if {
	count(check.deny) == 2 with input as fixtures.file([
		[["from", ["alpine:3.20", "AS", "test"]], ["healthcheck", ["CMD", "shop --ping"]], ["healthcheck", ["CMD", "shop --ping"]]],
		[["from", ["alpine:3.20"]], ["healthcheck", ["CMD", "shop --ping"]], ["healthcheck", ["CMD", "shop --ping"]], ["healthcheck", ["CMD", "shop --ping"]]],
	])
}

test_once_a_stage if {
	count(check.deny) == 0 with input as fixtures.file([
		[["from", ["alpine:3.20", "AS", "test"]], ["healthcheck", ["CMD", "shop --ping"]]],
		[["from", ["alpine:3.20"]], ["healthcheck", ["CMD", "shop --ping"]]],
	])
}

test_none if {
	count(check.deny) == 0 with input as fixtures.file([[["from", ["alpine:3.20"]]]])
}
