package builtin.dockerfile.DS010_test

import rego.v1

import data.builtin.dockerfile.DS010 as check
import data.builtin.lib.docker_fixtures as fixtures

test_sudo if {
	count(check.deny) == 1 with input as fixtures.file([[["from", ["alpine:3.20"]], ["run", ["sudo make install"]]]])
}

test_after_another if {
	count(check.deny) == 1 with input as fixtures.file([[["from", ["alpine:3.20"]], ["run", ["make && sudo -E make install"]]]])
}

test_array if {
	count(check.deny) == 1 with input as fixtures.file([[["from", ["alpine:3.20"]], ["run", ["sudo", "make"]]]])
}

test_nested if {
	count(check.deny) == 1 with input as fixtures.file([[["from", ["alpine:3.20"]], ["run", ["bash -c 'sudo make'"]]]])
}

test_installed_only if {
	count(check.deny) == 0 with input as fixtures.file([[
		["from", ["alpine:3.20"]],
		["run", ["apt-get install -y sudo"]],
		["run", ["echo sudo make"]],
		["run", ["make # sudo"]],
	]])
}
