package builtin.dockerfile.DS021_test

import rego.v1

import data.builtin.dockerfile.DS021 as check
import data.builtin.lib.docker_fixtures as fixtures

test_no_answer if {
	count(check.deny) == 1 with input as fixtures.file([[["from", ["alpine:3.20"]], ["run", ["apt-get install curl"]]]])
}

test_option_first if {
	count(check.deny) == 1 with input as fixtures.file([[["from", ["alpine:3.20"]], ["run", ["apt-get -q install curl"]]]])
}

test_name_with_y if {
	count(check.deny) == 1 with input as fixtures.file([[["from", ["alpine:3.20"]], ["run", ["apt-get install python3-yaml"]]]])
}

test_yes if {
	count(check.deny) == 0 with input as fixtures.file([[
		["from", ["alpine:3.20"]],
		["run", ["apt-get install -y curl"]],
		["run", ["apt-get -yqq install curl"]],
		["run", ["apt-get install --yes curl"]],
		["run", ["apt-get install --assume-yes curl"]],
		["run", ["apt-get -qq install curl"]],
		["run", ["apt-get -q -q install curl"]],
		["run", ["apt-get -q=2 install curl"]],
		["run", ["apt-get -o APT::Get::Assume-Yes=true install curl"]],
	]])
}

test_configured if {
	count(check.deny) == 0 with input as fixtures.file([[
		["from", ["alpine:3.20"]],
		["run", ["echo 'APT::Get::Assume-Yes \"true\";' > /etc/apt/apt.conf.d/90yes"]],
		["run", ["apt-get install curl"]],
	]])
}

test_update if {
	count(check.deny) == 0 with input as fixtures.file([[["from", ["alpine:3.20"]], ["run", ["apt-get update"]]]])
}
