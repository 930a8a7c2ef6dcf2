package builtin.dockerfile.DS008_test

import rego.v1

import data.builtin.dockerfile.DS008 as check
import data.builtin.lib.docker_fixtures as fixtures

test_too_high if {
	count(check.deny) == 1 with input as fixtures.file([[["from", ["alpine:3.20"]], ["expose", ["65536", "8080"]]]])
}

test_end_of_range if {
	count(check.deny) == 1 with input as fixtures.file([[["from", ["alpine:3.20"]], ["expose", ["65000-70000/udp"]]]])
}

test_very_long if {
	count(check.deny) == 1 with input as fixtures.file([[
		["from", ["alpine:3.20"]],
		["expose", ["9999999999999999999999999999999999999999"]],
	]])
}

test_in_range if {
	count(check.deny) == 0 with input as fixtures.file([[
		["from", ["alpine:3.20"]],
		["expose", ["65535", "0080/tcp", "$PORT", "${PORT}99999", "8000-8010"]],
	]])
}
