package builtin.kubernetes.KSV014_test

import rego.v1

import data.builtin.kubernetes.KSV014 as check
import data.builtin.lib.kubernetes_fixtures as fixtures

test_denies_unset if count(check.deny) == 1 with input as fixtures.container({})

test_denies_false if count(check.deny) == 1 with input as fixtures.context({"readOnlyRootFilesystem": false})

test_allows_true if count(check.deny) == 0 with input as fixtures.context({"readOnlyRootFilesystem": true})

test_denies_pod_level if {
	document := fixtures.pod({"securityContext": {"readOnlyRootFilesystem": true}, "containers": [{"name": "web"}]})
	count(check.deny) == 1 with input as document
}

test_allows_windows if {
	document := fixtures.pod({"os": {"name": "windows"}, "containers": [{"name": "web"}]})
	count(check.deny) == 0 with input as document
}

test_takes_malformed_input if {
	every document in fixtures.malformed {
		count(check.deny) >= 0 with input as document
	}
}
