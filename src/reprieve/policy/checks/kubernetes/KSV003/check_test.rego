package builtin.kubernetes.KSV003_test

import rego.v1

import data.builtin.kubernetes.KSV003 as check
import data.builtin.lib.kubernetes_fixtures as fixtures

test_denies_unset if count(check.deny) == 1 with input as fixtures.container({})

test_denies_some if count(check.deny) == 1 with input as fixtures.context({"capabilities": {"drop": ["CHOWN"]}})

test_allows_all if count(check.deny) == 0 with input as fixtures.context({"capabilities": {"drop": ["ALL"]}})

test_allows_all_in_lower_case if {
	document := fixtures.context({"capabilities": {"drop": ["all"]}})
	count(check.deny) == 0 with input as document
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
