package builtin.dockerfile.DS009_test

import rego.v1

import data.builtin.dockerfile.DS009 as check
import data.builtin.lib.docker_fixtures as fixtures

test_relative if {
	count(check.deny) == 1 with input as fixtures.file([[["from", ["alpine:3.20"]], ["workdir", ["src/app"]]]])
}

test_home if {
	count(check.deny) == 1 with input as fixtures.file([[["from", ["alpine:3.20"]], ["workdir", ["~/app"]]]])
}

test_absolute if {
	count(check.deny) == 0 with input as fixtures.file([[
		["from", ["alpine:3.20"]],
		["workdir", ["/src"]],
		["workdir", ["\"/my src\""]],
	]])
}

test_variable if {
	count(check.deny) == 0 with input as fixtures.file([[["from", ["alpine:3.20"]], ["workdir", ["$HOME/app"]]]])
}

test_windows if {
	count(check.deny) == 0 with input as fixtures.file([[
		["from", ["alpine:3.20"]],
		["workdir", ["C:\\app"]],
		["workdir", ["c:/app"]],
	]])
}
