package builtin.kubernetes.KSV004_test

import rego.v1

import data.builtin.kubernetes.KSV004 as check
import data.builtin.lib.kubernetes_fixtures as fixtures

test_denies_unset if count(check.deny) == 1 with input as fixtures.container({})

test_denies_empty_list if count(check.deny) == 1 with input as fixtures.context({"capabilities": {"drop": []}})

test_allows_one if count(check.deny) == 0 with input as fixtures.context({"capabilities": {"drop": ["NET_RAW"]}})

test_allows_all if count(check.deny) == 0 with input as fixtures.context({"capabilities": {"drop": ["ALL"]}})

test_takes_malformed_input if {
	every document in fixtures.malformed {
		count(check.deny) >= 0 with input as document
	}
}
