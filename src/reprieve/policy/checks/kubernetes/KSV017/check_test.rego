package builtin.kubernetes.KSV017_test

import rego.v1

import data.builtin.kubernetes.KSV017 as check
import data.builtin.lib.kubernetes_fixtures as fixtures

test_denies_privileged if count(check.deny) == 1 with input as fixtures.context({"privileged": true})

test_denies_in_cronjob if count(check.deny) == 1 with input as fixtures.cronjob({"initContainers": [{
	"name": "prepare",
	"securityContext": {"privileged": true},
}]})

test_allows_false if count(check.deny) == 0 with input as fixtures.context({"privileged": false})

test_allows_unset if count(check.deny) == 0 with input as fixtures.container({})

test_takes_malformed_input if {
	every document in fixtures.malformed {
		count(check.deny) >= 0 with input as document
	}
}
