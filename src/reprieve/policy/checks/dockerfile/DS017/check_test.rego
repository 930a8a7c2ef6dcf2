package builtin.dockerfile.DS017_test

import rego.v1

import data.builtin.dockerfile.DS017 as check
import data.builtin.lib.docker_fixtures as fixtures

test_alone if {
	count(check.deny) == 1 with input as fixtures.file([[
		["from", ["alpine:3.20"]],
		["run", ["apt-get update"]],
		["run", ["apt-get install -y curl"]],
	]])
}

test_other_command_after if {
	count(check.deny) == 1 with input as fixtures.file([[["from", ["alpine:3.20"]], ["run", ["apt-get update && make"]]]])
}

test_array if {
	count(check.deny) == 1 with input as fixtures.file([[["from", ["alpine:3.20"]], ["run", ["apt-get", "update"]]]])
}

test_yum if {
	count(check.deny) == 1 with input as fixtures.file([[["from", ["alpine:3.20"]], ["run", ["yum update -y"]]]])
}

test_option_first if {
	count(check.deny) == 1 with input as fixtures.file([[["from", ["alpine:3.20"]], ["run", ["apt-get -qq update"]]]])
}

test_heredoc if {
	count(check.deny) == 1 with input as fixtures.file([[["from", ["alpine:3.20"]], ["run", ["apt-get update ; ls"]]]])
}

test_with_installation if {
	count(check.deny) == 0 with input as fixtures.file([[
		["from", ["alpine:3.20"]],
		["run", ["apt-get update && apt-get install -y curl"]],
		["run", ["apk update && apk add curl"]],
		["run", ["set -e; apt-get update; for p in a b; do apt-get install -y $p; done"]],
	]])
}

test_upgrade if {
	count(check.deny) == 0 with input as fixtures.file([[["from", ["alpine:3.20"]], ["run", ["apt-get update && apt-get -y upgrade"]]]])
}

test_apk_update_option if {
	count(check.deny) == 0 with input as fixtures.file([[["from", ["alpine:3.20"]], ["run", ["apk --update add curl"]]]])
}

test_another_tool if {
	count(check.deny) == 0 with input as fixtures.file([[["from", ["alpine:3.20"]], ["run", ["cargo update"]], ["run", ["npm update"]]]])
}

test_mounted if {
	count(check.deny) == 0 with input as fixtures.file([[
		["from", ["alpine:3.20"]],
		["run", ["apt-get update"], ["--mount=type=cache,target=/var/lib/apt"]],
	]])
}
