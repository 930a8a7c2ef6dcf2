package builtin.dockerfile.DS022_test

import rego.v1

import data.builtin.dockerfile.DS022 as check
import data.builtin.lib.docker_fixtures as fixtures

test_maintainer if {
	count(check.deny) == 1 with input as fixtures.file([[["from", ["alpine:3.20"]], ["maintainer", ["shop@example.com"]]]])
}

test_label if {
	count(check.deny) == 0 with input as fixtures.file([[
		["from", ["alpine:3.20"]],
		["label", ["maintainer", "shop@example.com", "="]],
	]])
}
