package builtin.kubernetes.KSV118_test

import rego.v1

import data.builtin.kubernetes.KSV118 as check
import data.builtin.lib.kubernetes_fixtures as fixtures

test_denies_none if count(check.deny) == 1 with input as fixtures.container({})

test_denies_empty if count(check.deny) == 1 with input as fixtures.context({})

test_denies_second_container if count(check.deny) == 1 with input as fixtures.pod({"containers": [
	{"name": "web", "securityContext": {"runAsNonRoot": true}},
	{"name": "log"},
]})

test_allows_container if count(check.deny) == 0 with input as fixtures.context({"runAsNonRoot": true})

test_allows_pod if {
	document := fixtures.pod({"securityContext": {"runAsNonRoot": true}, "containers": [{"name": "web"}]})
	count(check.deny) == 0 with input as document
}

test_allows_no_workload if count(check.deny) == 0 with input as {"kind": "Service", "spec": {}}

test_takes_malformed_input if {
	every document in fixtures.malformed {
		count(check.deny) >= 0 with input as document
	}
}
