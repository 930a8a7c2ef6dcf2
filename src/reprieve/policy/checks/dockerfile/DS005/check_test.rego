package builtin.dockerfile.DS005_test

import rego.v1

import data.builtin.dockerfile.DS005 as check
import data.builtin.lib.docker_fixtures as fixtures

test_file if {
	count(check.deny) == 1 with input as fixtures.file([[["from", ["alpine:3.20"]], ["add", ["app.jar", "/app/"]]]])
}

test_each_source if {
	count(check.deny) == 2 with input as fixtures.file([[["from", ["alpine:3.20"]], ["add", ["a.txt", "b.txt", "/app/"]]]])
}

test_archive if {
	count(check.deny) == 0 with input as fixtures.file([[
		["from", ["alpine:3.20"]],
		["add", ["root.tar.gz", "/"]],
		["add", ["x.tar", "y.tgz", "/"]],
	]])
}

test_address if {
	count(check.deny) == 0 with input as fixtures.file([[["from", ["alpine:3.20"]], ["add", ["https://example.com/a.txt", "/a.txt"]]]])
}

test_repository if {
	count(check.deny) == 0 with input as fixtures.file([[
		["from", ["alpine:3.20"]],
		["add", ["git@example.com:shop/web.git", "/src"]],
		["add", ["https://example.com/shop/web.git#v1", "/src"]],
	]])
}

test_copy if {
	count(check.deny) == 0 with input as fixtures.file([[["from", ["alpine:3.20"]], ["copy", ["a.txt", "/a.txt"]]]])
}

test_variable_address if {
	count(check.deny) == 0 with input as fixtures.file([[["from", ["alpine:3.20"]], ["add", ["${AGENT_URL}", "/agent"]]]])
}
