package builtin.dockerfile.DS020_test

import rego.v1

import data.builtin.dockerfile.DS020 as check
import data.builtin.lib.docker_fixtures as fixtures

test_not_cleaned if {
	count(check.deny) == 1 with input as fixtures.file([[["from", ["alpine:3.20"]], ["run", ["zypper -y install nginx"]]]])
}

test_cleaned_before if {
	count(check.deny) == 1 with input as fixtures.file([[
		["from", ["alpine:3.20"]],
		["run", ["zypper clean && zypper install -y nginx"]],
	]])
}

test_cleaned_in_another_layer if {
	count(check.deny) == 1 with input as fixtures.file([[
		["from", ["alpine:3.20"]],
		["run", ["zypper install -y nginx"]],
		["run", ["zypper clean"]],
	]])
}

test_cleaned if {
	count(check.deny) == 0 with input as fixtures.file([[
		["from", ["alpine:3.20"]],
		["run", ["zypper install -y nginx && zypper clean"]],
	]])
}

test_removed if {
	count(check.deny) == 0 with input as fixtures.file([[
		["from", ["alpine:3.20"]],
		["run", ["zypper install -y nginx ; rm -rf /var/cache/*"]],
	]])
}

test_mounted if {
	count(check.deny) == 0 with input as fixtures.file([[
		["from", ["alpine:3.20"]],
		["run", ["zypper install -y nginx"], ["--mount=type=cache,target=/var/cache/x"]],
	]])
}

test_another_tool if {
	count(check.deny) == 0 with input as fixtures.file([[["from", ["alpine:3.20"]], ["run", ["echo zypper install"]]]])
}
