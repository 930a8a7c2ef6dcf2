package builtin.kubernetes.KSV005_test

import rego.v1

import data.builtin.kubernetes.KSV005 as check
import data.builtin.lib.kubernetes_fixtures as fixtures

test_denies_added if count(check.deny) == 1 with input as fixtures.context({"capabilities": {"add": ["SYS_ADMIN"]}})

test_denies_added_with_prefix if {
	document := fixtures.context({"capabilities": {"add": ["CAP_SYS_ADMIN"]}})
	count(check.deny) == 1 with input as document
}

test_denies_all if count(check.deny) == 1 with input as fixtures.context({"capabilities": {"add": ["ALL"]}})

test_allows_dropped if count(check.deny) == 0 with input as fixtures.context({"capabilities": {"drop": ["SYS_ADMIN"]}})

test_allows_other if {
	document := fixtures.context({"capabilities": {"add": ["NET_BIND_SERVICE"]}})
	count(check.deny) == 0 with input as document
}

test_allows_unset if count(check.deny) == 0 with input as fixtures.container({})

test_takes_malformed_input if {
	every document in fixtures.malformed {
		count(check.deny) >= 0 with input as document
	}
}
