package builtin.kubernetes.KSV027_test

import rego.v1

import data.builtin.kubernetes.KSV027 as check
import data.builtin.lib.kubernetes_fixtures as fixtures

test_denies_unmasked if count(check.deny) == 1 with input as fixtures.context({"procMount": "Unmasked"})

test_allows_default if count(check.deny) == 0 with input as fixtures.context({"procMount": "Default"})

test_allows_null if count(check.deny) == 0 with input as fixtures.context({"procMount": null})

test_allows_unset if count(check.deny) == 0 with input as fixtures.container({})

test_takes_malformed_input if {
	every document in fixtures.malformed {
		count(check.deny) >= 0 with input as document
	}
}
