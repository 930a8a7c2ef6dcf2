package builtin.kubernetes.KSV010_test

import rego.v1

import data.builtin.kubernetes.KSV010 as check
import data.builtin.lib.kubernetes_fixtures as fixtures

test_denies_true if count(check.deny) == 1 with input as fixtures.pod({"hostPID": true})

test_denies_in_template if count(check.deny) == 1 with input as fixtures.cronjob({"hostPID": true})

test_allows_false if count(check.deny) == 0 with input as fixtures.deployment({"hostPID": false})

test_allows_unset if count(check.deny) == 0 with input as fixtures.deployment({"containers": []})

test_takes_malformed_input if {
	every document in fixtures.malformed {
		count(check.deny) >= 0 with input as document
	}
}
