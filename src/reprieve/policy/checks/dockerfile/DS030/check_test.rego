package builtin.dockerfile.DS030_test

import rego.v1

import data.builtin.dockerfile.DS030 as check
import data.builtin.lib.docker_fixtures as fixtures

test_proc if {
	count(check.deny) == 1 with input as fixtures.file([[["from", ["alpine:3.20"]], ["workdir", ["/proc/1"]]]])
}

test_directory_itself if {
	count(check.deny) == 1 with input as fixtures.file([[["from", ["alpine:3.20"]], ["workdir", ["\"/dev\""]]]])
}

test_beginning_alike if {
	count(check.deny) == 0 with input as fixtures.file([[
		["from", ["alpine:3.20"]],
		["workdir", ["/development"]],
		["workdir", ["/system"]],
	]])
}

test_own if {
	count(check.deny) == 0 with input as fixtures.file([[
		["from", ["alpine:3.20"]],
		["workdir", ["/srv/proc"]],
		["workdir", ["proc"]],
	]])
}
