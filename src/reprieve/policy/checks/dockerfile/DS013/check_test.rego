package builtin.dockerfile.DS013_test

import rego.v1

import data.builtin.dockerfile.DS013 as check
import data.builtin.lib.docker_fixtures as fixtures

test_cd if {
	count(check.deny) == 1 with input as fixtures.file([[["from", ["alpine:3.20"]], ["run", ["cd /srv && make"]]]])
}

test_later if {
	count(check.deny) == 1 with input as fixtures.file([[
		["from", ["alpine:3.20"]],
		["run", ["apk add make && cd /srv && make && cd /opt && make"]],
	]])
}

test_each_run if {
	count(check.deny) == 2 with input as fixtures.file([[
		["from", ["alpine:3.20"]],
		["run", ["cd /srv"]],
		["run", ["cd /opt && make"]],
	]])
}

test_no_cd if {
	count(check.deny) == 0 with input as fixtures.file([[
		["from", ["alpine:3.20"]],
		["run", ["make -C /srv"]],
		["run", ["echo cd /srv"]],
		["run", ["cdebug /srv"]],
	]])
}
