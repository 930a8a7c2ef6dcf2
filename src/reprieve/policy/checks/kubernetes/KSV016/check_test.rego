package builtin.kubernetes.KSV016_test

import rego.v1

import data.builtin.kubernetes.KSV016 as check
import data.builtin.lib.kubernetes_fixtures as fixtures

test_denies_unset if count(check.deny) == 1 with input as fixtures.container({})

test_denies_other if count(check.deny) == 1 with input as fixtures.container({"resources": {"requests": {"cpu": "1"}}})

test_denies_init_container if {
	document := fixtures.pod({"initContainers": [{"name": "migrate"}]})
	count(check.deny) == 1 with input as document
}

test_allows_set if {
	document := fixtures.container({"resources": {"requests": {"memory": "128Mi"}}})
	count(check.deny) == 0 with input as document
}

test_allows_number if {
	document := fixtures.container({"resources": {"requests": {"memory": 1}}})
	count(check.deny) == 0 with input as document
}

test_allows_set_for_pod if {
	document := fixtures.pod({"resources": {"requests": {"memory": "1"}}, "containers": [{"name": "web"}]})
	count(check.deny) == 0 with input as document
}

test_allows_ephemeral_container if {
	document := fixtures.pod({"ephemeralContainers": [{"name": "debug"}]})
	count(check.deny) == 0 with input as document
}

test_allows_limit_for_request if {
	document := fixtures.container({"resources": {"limits": {"memory": "128Mi"}}})
	count(check.deny) == 0 with input as document
}

test_takes_malformed_input if {
	every document in fixtures.malformed {
		count(check.deny) >= 0 with input as document
	}
}
