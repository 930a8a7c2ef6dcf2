package builtin.dockerfile.DS002_test

import rego.v1

import data.builtin.dockerfile.DS002 as check
import data.builtin.lib.docker_fixtures as fixtures

test_no_user if {
	count(check.deny) == 1 with input as fixtures.file([[["from", ["alpine:3.20"]], ["run", ["make"]]]])
}

test_root if {
	count(check.deny) == 1 with input as fixtures.file([[["from", ["alpine:3.20"]], ["user", ["root"]]]])
}

test_root_by_number if {
	count(check.deny) == 1 with input as fixtures.file([[["from", ["alpine:3.20"]], ["user", ["0:0"]]]])
}

test_root_in_the_end if {
	count(check.deny) == 1 with input as fixtures.file([[["from", ["alpine:3.20"]], ["user", ["shop"]], ["user", ["root"]]]])
}

test_account if {
	count(check.deny) == 0 with input as fixtures.file([[["from", ["alpine:3.20"]], ["user", ["root"]], ["user", ["1000:1000"]]]])
}

test_variable if {
	count(check.deny) == 0 with input as fixtures.file([[["from", ["alpine:3.20"]], ["user", ["$ACCOUNT"]]]])
}

test_only_in_the_first_stage if {
	count(check.deny) == 1 with input as fixtures.file([
		[["from", ["golang:1.22", "AS", "build"]], ["user", ["shop"]]],
		[["from", ["alpine:3.20"]]],
	])
}

test_inherited if {
	count(check.deny) == 0 with input as fixtures.file([
		[["from", ["alpine:3.20", "AS", "base"]], ["user", ["shop"]]],
		[["from", ["base"]]],
	])
}

test_inherited_and_root_again if {
	count(check.deny) == 1 with input as fixtures.file([
		[["from", ["alpine:3.20", "AS", "base"]], ["user", ["shop"]]],
		[["from", ["base"]], ["user", ["root"]]],
	])
}

test_base_without_root if {
	count(check.deny) == 0 with input as fixtures.file([[["from", ["gcr.io/distroless/static-debian12:nonroot"]]]])
}
