package builtin.dockerfile.DS024_test

import rego.v1

import data.builtin.dockerfile.DS024 as check
import data.builtin.lib.docker_fixtures as fixtures

test_dist_upgrade if {
	count(check.deny) == 1 with input as fixtures.file([[
		["from", ["alpine:3.20"]],
		["run", ["apt-get update && apt-get dist-upgrade -y"]],
	]])
}

test_full_upgrade if {
	count(check.deny) == 1 with input as fixtures.file([[["from", ["alpine:3.20"]], ["run", ["apt -y full-upgrade"]]]])
}

test_upgrade if {
	count(check.deny) == 0 with input as fixtures.file([[
		["from", ["alpine:3.20"]],
		["run", ["apt-get update && apt-get upgrade -y"]],
		["run", ["echo apt-get dist-upgrade"]],
	]])
}
