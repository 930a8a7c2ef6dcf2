package builtin.kubernetes.KSV105_test

import rego.v1

import data.builtin.kubernetes.KSV105 as check
import data.builtin.lib.kubernetes_fixtures as fixtures

test_denies_container if count(check.deny) == 1 with input as fixtures.context({"runAsUser": 0})

test_denies_pod if {
	document := fixtures.pod({"securityContext": {"runAsUser": 0}, "containers": [{"name": "web"}]})
	count(check.deny) == 1 with input as document
}

test_allows_other if count(check.deny) == 0 with input as fixtures.context({"runAsUser": 1000})

test_allows_unset if count(check.deny) == 0 with input as fixtures.context({"privileged": false})

test_takes_malformed_input if {
	every document in fixtures.malformed {
		count(check.deny) >= 0 with input as document
	}
}
