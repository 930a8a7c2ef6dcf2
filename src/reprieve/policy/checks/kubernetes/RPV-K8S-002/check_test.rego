package builtin.kubernetes.RPV_K8S_002_test

import rego.v1

import data.builtin.kubernetes.RPV_K8S_002 as check
import data.builtin.lib.kubernetes_fixtures as fixtures

test_denies_missing if count(check.deny) == 1 with input as fixtures.container({})

test_denies_other_probe if {
	document := fixtures.container({"startupProbe": {"exec": {"command": ["true"]}}})
	count(check.deny) == 1 with input as document
}

test_denies_bare_pod if count(check.deny) == 1 with input as fixtures.pod({"containers": [{"name": "web"}]})

test_allows_probe if {
	document := fixtures.container({"livenessProbe": {"tcpSocket": {"port": 80}}})
	count(check.deny) == 0 with input as document
}

test_allows_cronjob if count(check.deny) == 0 with input as fixtures.cronjob({"containers": [{"name": "report"}]})

test_allows_pod_that_ends if {
	document := fixtures.pod({"restartPolicy": "Never", "containers": [{"name": "once"}]})
	count(check.deny) == 0 with input as document
}

test_allows_init_container if {
	document := fixtures.pod({"initContainers": [{"name": "migrate"}]})
	count(check.deny) == 0 with input as document
}

test_takes_malformed_input if {
	every document in fixtures.malformed {
		count(check.deny) >= 0 with input as document
	}
}
