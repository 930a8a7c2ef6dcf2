package builtin.dockerfile.DS001_test

import rego.v1

import data.builtin.dockerfile.DS001 as check
import data.builtin.lib.docker_fixtures as fixtures

test_latest if {
	count(check.deny) == 1 with input as fixtures.file([[["from", ["debian:latest"]]]])
}

test_no_tag if {
	count(check.deny) == 1 with input as fixtures.file([[["from", ["registry.example.com:5000/shop/web"]]]])
}

test_tag if {
	count(check.deny) == 0 with input as fixtures.file([[["from", ["registry.example.com:5000/shop/web:1.2"]]]])
}

test_digest if {
	count(check.deny) == 0 with input as fixtures.file([[
		["from", ["debian@sha256:0000000000000000000000000000000000000000000000000000000000000000"]],
	]])
}

test_scratch_and_stage if {
	count(check.deny) == 0 with input as fixtures.file([
		[["from", ["golang:1.22", "AS", "Build"]]],
		[["from", ["build"]]],
		[["from", ["scratch"]]],
	])
}

test_default_of_argument if {
	count(check.deny) == 1 with input as fixtures.file([[["arg", ["VERSION=latest"]]], [["from", ["debian:${VERSION}"]]]])
}

test_fallback_of_variable if {
	count(check.deny) == 0 with input as fixtures.file([[["from", ["debian:${VERSION:-12}"]]]])
}

test_argument_without_default if {
	count(check.deny) == 0 with input as fixtures.file([[["arg", ["VERSION"]]], [["from", ["debian:$VERSION"]]]])
}
