package builtin.dockerfile.DS027_test

import rego.v1

import data.builtin.dockerfile.DS027 as check
import data.builtin.lib.docker_fixtures as fixtures

test_not_cleaned if {
	count(check.deny) == 1 with input as fixtures.file([[["from", ["alpine:3.20"]], ["run", ["microdnf -y install httpd"]]]])
}

test_cleaned_before if {
	count(check.deny) == 1 with input as fixtures.file([[
		["from", ["alpine:3.20"]],
		["run", ["microdnf clean all && microdnf install -y httpd"]],
	]])
}

test_cleaned_in_another_layer if {
	count(check.deny) == 1 with input as fixtures.file([[
		["from", ["alpine:3.20"]],
		["run", ["microdnf install -y httpd"]],
		["run", ["microdnf clean all"]],
	]])
}

test_cleaned if {
	count(check.deny) == 0 with input as fixtures.file([[
		["from", ["alpine:3.20"]],
		["run", ["microdnf install -y httpd && microdnf clean all"]],
	]])
}

test_removed if {
	count(check.deny) == 0 with input as fixtures.file([[
		["from", ["alpine:3.20"]],
		["run", ["microdnf install -y httpd ; rm -rf /var/cache/*"]],
	]])
}

test_mounted if {
	count(check.deny) == 0 with input as fixtures.file([[
		["from", ["alpine:3.20"]],
		["run", ["microdnf install -y httpd"], ["--mount=type=cache,target=/var/cache/x"]],
	]])
}

test_another_tool if {
	count(check.deny) == 0 with input as fixtures.file([[["from", ["alpine:3.20"]], ["run", ["echo microdnf install"]]]])
}
