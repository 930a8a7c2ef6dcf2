package builtin.kubernetes.KSV023_test

import rego.v1

import data.builtin.kubernetes.KSV023 as check
import data.builtin.lib.kubernetes_fixtures as fixtures

test_denies_host_path if {
	document := fixtures.pod({"volumes": [{"name": "data", "hostPath": {"path": "/srv"}}]})
	count(check.deny) == 1 with input as document
}

test_denies_each if count(check.deny) == 2 with input as fixtures.cronjob({"volumes": [
	{"name": "data", "hostPath": {"path": "/srv"}},
	{"name": "logs", "hostPath": {"path": "/var/log"}},
	{"name": "tmp", "emptyDir": {}},
]})

test_allows_other if count(check.deny) == 0 with input as fixtures.pod({"volumes": [{"name": "data", "emptyDir": {}}]})

test_allows_null if count(check.deny) == 0 with input as fixtures.pod({"volumes": [{"name": "data", "hostPath": null}]})

test_allows_none if count(check.deny) == 0 with input as fixtures.container({})

test_takes_malformed_input if {
	every document in fixtures.malformed {
		count(check.deny) >= 0 with input as document
	}
}
