package builtin.dockerfile.DS006_test

import rego.v1

import data.builtin.dockerfile.DS006 as check
import data.builtin.lib.docker_fixtures as fixtures

test_own_name if {
	count(check.deny) == 1 with input as fixtures.file([[
		["from", ["golang:1.22", "AS", "Build"]],
		["copy", ["/a", "/b"], ["--from=build"]],
	]])
}

test_own_number if {
	count(check.deny) == 1 with input as fixtures.file([[["from", ["alpine:3.20"]], ["copy", ["/a", "/b"], ["--from=0"]]]])
}

test_earlier_stage if {
	count(check.deny) == 0 with input as fixtures.file([
		[["from", ["golang:1.22", "AS", "build"]]],
		[["from", ["alpine:3.20"]], ["copy", ["/a", "/b"], ["--from=build"]], ["copy", ["/a", "/b"], ["--from=0"]]],
	])
}

test_no_name if {
	count(check.deny) == 0 with input as fixtures.file([[
		["from", ["alpine:3.20"]],
		["copy", ["/a", "/b"], ["--from="]],
		["copy", ["/a", "/b"]],
	]])
}
