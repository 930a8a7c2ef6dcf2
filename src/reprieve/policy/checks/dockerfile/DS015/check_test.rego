package builtin.dockerfile.DS015_test

import rego.v1

import data.builtin.dockerfile.DS015 as check
import data.builtin.lib.docker_fixtures as fixtures

test_not_cleaned if {
	count(check.deny) == 1 with input as fixtures.file([[["from", ["alpine:3.20"]], ["run", ["yum -y install httpd"]]]])
}

test_cleaned_before if {
	count(check.deny) == 1 with input as fixtures.file([[
		["from", ["alpine:3.20"]],
		["run", ["yum clean all && yum install -y httpd"]],
	]])
}

test_cleaned_in_another_layer if {
	count(check.deny) == 1 with input as fixtures.file([[
		["from", ["alpine:3.20"]],
		["run", ["yum install -y httpd"]],
		["run", ["yum clean all"]],
	]])
}

test_cleaned if {
	count(check.deny) == 0 with input as fixtures.file([[
		["from", ["alpine:3.20"]],
		["run", ["yum install -y httpd && yum clean all"]],
	]])
}

test_removed if {
	count(check.deny) == 0 with input as fixtures.file([[
		["from", ["alpine:3.20"]],
		["run", ["yum install -y httpd ; rm -rf /var/cache/*"]],
	]])
}

test_mounted if {
	count(check.deny) == 0 with input as fixtures.file([[
		["from", ["alpine:3.20"]],
		["run", ["yum install -y httpd"], ["--mount=type=cache,target=/var/cache/x"]],
	]])
}

test_another_tool if {
	count(check.deny) == 0 with input as fixtures.file([[["from", ["alpine:3.20"]], ["run", ["echo yum install"]]]])
}
