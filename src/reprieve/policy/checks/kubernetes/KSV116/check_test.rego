package builtin.kubernetes.KSV116_test

import rego.v1

import data.builtin.kubernetes.KSV116 as check
import data.builtin.lib.kubernetes_fixtures as fixtures

test_denies_container if count(check.deny) == 1 with input as fixtures.context({"runAsGroup": 0})

test_denies_pod_group if count(check.deny) == 1 with input as fixtures.pod({"securityContext": {"runAsGroup": 0}})

test_denies_fs_group if count(check.deny) == 1 with input as fixtures.deployment({"securityContext": {"fsGroup": 0}})

test_denies_supplemental_group if {
	document := fixtures.pod({"securityContext": {"supplementalGroups": [5, 0]}})
	count(check.deny) == 1 with input as document
}

test_allows_others if {
	document := fixtures.pod({"securityContext": {"runAsGroup": 5, "fsGroup": 5, "supplementalGroups": [5]}})
	count(check.deny) == 0 with input as document
}

test_allows_unset if count(check.deny) == 0 with input as fixtures.container({})

test_takes_malformed_input if {
	every document in fixtures.malformed {
		count(check.deny) >= 0 with input as document
	}
}
