package builtin.kubernetes.KSV103_test

import rego.v1

import data.builtin.kubernetes.KSV103 as check
import data.builtin.lib.kubernetes_fixtures as fixtures

test_denies_pod if {
	document := fixtures.pod({"securityContext": {"windowsOptions": {"hostProcess": true}}})
	count(check.deny) == 1 with input as document
}

test_denies_container if {
	document := fixtures.context({"windowsOptions": {"hostProcess": true}})
	count(check.deny) == 1 with input as document
}

test_allows_false if count(check.deny) == 0 with input as fixtures.context({"windowsOptions": {"hostProcess": false}})

test_allows_unset if count(check.deny) == 0 with input as fixtures.container({})

test_takes_malformed_input if {
	every document in fixtures.malformed {
		count(check.deny) >= 0 with input as document
	}
}
