package builtin.dockerfile.DS014_test

import rego.v1

import data.builtin.dockerfile.DS014 as check
import data.builtin.lib.docker_fixtures as fixtures

test_both if {
	count(check.deny) == 1 with input as fixtures.file([[
		["from", ["alpine:3.20"]],
		["run", ["wget https://example.com/a"]],
		["run", ["curl -O https://example.com/b"]],
		["run", ["wget https://example.com/c"]],
	]])
}

test_one_of_them if {
	count(check.deny) == 0 with input as fixtures.file([[
		["from", ["alpine:3.20"]],
		["run", ["curl -O https://example.com/a && curl -O https://example.com/b"]],
		["run", ["apk add --no-cache wget"]],
	]])
}

test_in_two_stages if {
	count(check.deny) == 0 with input as fixtures.file([
		[["from", ["alpine:3.20", "AS", "a"]], ["run", ["wget https://example.com/a"]]],
		[["from", ["alpine:3.20"]], ["run", ["curl https://example.com/a"]]],
	])
}
