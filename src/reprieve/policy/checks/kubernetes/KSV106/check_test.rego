package builtin.kubernetes.KSV106_test

import rego.v1

import data.builtin.kubernetes.KSV106 as check
import data.builtin.lib.kubernetes_fixtures as fixtures

test_denies_unset if count(check.deny) == 1 with input as fixtures.container({})

test_denies_chown if {
	document := fixtures.context({"capabilities": {"drop": ["ALL"], "add": ["CHOWN"]}})
	count(check.deny) == 1 with input as document
}

test_denies_both_faults if count(check.deny) == 2 with input as fixtures.context({"capabilities": {"add": ["CHOWN"]}})

test_allows_net_bind_service if {
	document := fixtures.context({"capabilities": {"drop": ["ALL"], "add": ["NET_BIND_SERVICE"]}})
	count(check.deny) == 0 with input as document
}

test_allows_none if count(check.deny) == 0 with input as fixtures.context({"capabilities": {"drop": ["ALL"]}})

test_allows_windows if {
	document := fixtures.pod({"os": {"name": "windows"}, "containers": [{"name": "web"}]})
	count(check.deny) == 0 with input as document
}

test_takes_malformed_input if {
	every document in fixtures.malformed {
		count(check.deny) >= 0 with input as document
	}
}
