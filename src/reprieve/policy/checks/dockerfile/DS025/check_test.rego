package builtin.dockerfile.DS025_test

import rego.v1

import data.builtin.dockerfile.DS025 as check
import data.builtin.lib.docker_fixtures as fixtures

test_cached if {
	count(check.deny) == 1 with input as fixtures.file([[["from", ["alpine:3.20"]], ["run", ["apk add curl"]]]])
}

test_updated if {
	count(check.deny) == 1 with input as fixtures.file([[["from", ["alpine:3.20"]], ["run", ["apk update && apk add curl"]]]])
}

test_no_cache if {
	count(check.deny) == 0 with input as fixtures.file([[
		["from", ["alpine:3.20"]],
		["run", ["apk add --no-cache curl"]],
		["run", ["apk --no-cache add curl"]],
	]])
}

test_removed if {
	count(check.deny) == 0 with input as fixtures.file([[
		["from", ["alpine:3.20"]],
		["run", ["apk add curl && rm -rf /var/cache/apk/*"]],
		["run", ["apk add curl && rm -rf /var/cache/*"]],
	]])
}

test_mounted if {
	count(check.deny) == 0 with input as fixtures.file([[
		["from", ["alpine:3.20"]],
		["run", ["apk add curl"], ["--mount=type=cache,target=/var/cache/apk"]],
	]])
}

test_deleted if {
	count(check.deny) == 0 with input as fixtures.file([[["from", ["alpine:3.20"]], ["run", ["apk del curl"]]]])
}
