package builtin.dockerfile.DS004_test

import rego.v1

import data.builtin.dockerfile.DS004 as check
import data.builtin.lib.docker_fixtures as fixtures

test_ssh if {
	count(check.deny) == 1 with input as fixtures.file([[["from", ["alpine:3.20"]], ["expose", ["8080", "22"]]]])
}

test_ssh_over_tcp if {
	count(check.deny) == 1 with input as fixtures.file([[["from", ["alpine:3.20"]], ["expose", ["22/tcp"]]]])
}

test_range if {
	count(check.deny) == 1 with input as fixtures.file([[["from", ["alpine:3.20"]], ["expose", ["20-25"]]]])
}

test_range_from_zero if {
	count(check.deny) == 1 with input as fixtures.file([[["from", ["alpine:3.20"]], ["expose", ["0-65535"]]]])
}

test_other_ports if {
	count(check.deny) == 0 with input as fixtures.file([[
		["from", ["alpine:3.20"]],
		["expose", ["2222", "8022/tcp", "220-230", "$PORT", "x-y"]],
	]])
}
