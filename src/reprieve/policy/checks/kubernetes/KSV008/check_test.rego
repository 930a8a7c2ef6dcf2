package builtin.kubernetes.KSV008_test

import rego.v1

import data.builtin.kubernetes.KSV008 as check
import data.builtin.lib.kubernetes_fixtures as fixtures

test_denies_true if count(check.deny) == 1 with input as fixtures.pod({"hostIPC": true})

test_denies_in_template if count(check.deny) == 1 with input as fixtures.cronjob({"hostIPC": true})

test_allows_false if count(check.deny) == 0 with input as fixtures.deployment({"hostIPC": false})

test_allows_unset if count(check.deny) == 0 with input as fixtures.deployment({"containers": []})

test_takes_malformed_input if {
	every document in fixtures.malformed {
		count(check.deny) >= 0 with input as document
	}
}
