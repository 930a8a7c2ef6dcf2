package builtin.kubernetes.KSV001_test

import rego.v1

import data.builtin.kubernetes.KSV001 as check
import data.builtin.lib.kubernetes_fixtures as fixtures

test_denies_unset if count(check.deny) == 1 with input as fixtures.container({})

test_denies_true if count(check.deny) == 1 with input as fixtures.context({"allowPrivilegeEscalation": true})

test_denies_null if count(check.deny) == 1 with input as fixtures.context({"allowPrivilegeEscalation": null})

test_denies_each_kind_of_container if count(check.deny) == 3 with input as fixtures.pod({
	"containers": [{"name": "web"}],
	"initContainers": [{"name": "migrate"}],
	"ephemeralContainers": [{"name": "debug"}],
})

test_allows_false if count(check.deny) == 0 with input as fixtures.context({"allowPrivilegeEscalation": false})

test_allows_windows if {
	document := fixtures.pod({"os": {"name": "windows"}, "containers": [{"name": "web"}]})
	count(check.deny) == 0 with input as document
}

test_takes_malformed_input if {
	every document in fixtures.malformed {
		count(check.deny) >= 0 with input as document
	}
}
