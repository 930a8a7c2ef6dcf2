package builtin.kubernetes.KSV018_test

import rego.v1

import data.builtin.kubernetes.KSV018 as check
import data.builtin.lib.kubernetes_fixtures as fixtures

test_denies_unset if count(check.deny) == 1 with input as fixtures.container({})

test_denies_other if count(check.deny) == 1 with input as fixtures.container({"resources": {"limits": {"cpu": "1"}}})

test_denies_init_container if {
	document := fixtures.pod({"initContainers": [{"name": "migrate"}]})
	count(check.deny) == 1 with input as document
}

test_allows_set if {
	document := fixtures.container({"resources": {"limits": {"memory": "256Mi"}}})
	count(check.deny) == 0 with input as document
}

test_allows_number if count(check.deny) == 0 with input as fixtures.container({"resources": {"limits": {"memory": 1}}})

test_allows_set_for_pod if {
	document := fixtures.pod({"resources": {"limits": {"memory": "1"}}, "containers": [{"name": "web"}]})
	count(check.deny) == 0 with input as document
}

test_allows_ephemeral_container if {
	document := fixtures.pod({"ephemeralContainers": [{"name": "debug"}]})
	count(check.deny) == 0 with input as document
}

test_denies_request_only if {
	document := fixtures.container({"resources": {"requests": {"memory": "256Mi"}}})
	count(check.deny) == 1 with input as document
}

test_takes_malformed_input if {
	every document in fixtures.malformed {
		count(check.deny) >= 0 with input as document
	}
}
