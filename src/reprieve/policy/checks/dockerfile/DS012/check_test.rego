package builtin.dockerfile.DS012_test

import rego.v1

import data.builtin.dockerfile.DS012 as check
import data.builtin.lib.docker_fixtures as fixtures

test_same_name if {
	count(check.deny) == 1 with input as fixtures.file([
		[["from", ["golang:1.22", "AS", "build"]]],
		[["from", ["alpine:3.20", "as", "Build"]]],
	])
}

test_own_names if {
	count(check.deny) == 0 with input as fixtures.file([
		[["from", ["golang:1.22", "AS", "build"]]],
		[["from", ["alpine:3.20", "AS", "test"]]],
	])
}

test_no_names if {
	count(check.deny) == 0 with input as fixtures.file([[["from", ["alpine:3.20"]]], [["from", ["alpine:3.20"]]]])
}
