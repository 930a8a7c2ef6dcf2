package builtin.dockerfile.DS029_test

import rego.v1

import data.builtin.dockerfile.DS029 as check
import data.builtin.lib.docker_fixtures as fixtures

test_recommends if {
	count(check.deny) == 1 with input as fixtures.file([[["from", ["alpine:3.20"]], ["run", ["apt-get install -y curl"]]]])
}

test_each_run if {
	count(check.deny) == 2 with input as fixtures.file([[
		["from", ["alpine:3.20"]],
		["run", ["apt-get install -y curl"]],
		["run", ["apt-get install -y git"]],
	]])
}

test_declined if {
	count(check.deny) == 0 with input as fixtures.file([[
		["from", ["alpine:3.20"]],
		["run", ["apt-get install -y --no-install-recommends curl"]],
		["run", ["apt-get -o APT::Install-Recommends=0 install -y curl"]],
	]])
}

test_configured if {
	count(check.deny) == 0 with input as fixtures.file([[
		["from", ["alpine:3.20"]],
		["run", ["echo 'APT::Install-Recommends \"0\";' > /etc/apt/apt.conf.d/90lean"]],
		["run", ["apt-get install -y curl"]],
	]])
}

test_update if {
	count(check.deny) == 0 with input as fixtures.file([[["from", ["alpine:3.20"]], ["run", ["apt-get update"]]]])
}
