package builtin.kubernetes.RPV_K8S_004_test

import rego.v1

import data.builtin.kubernetes.RPV_K8S_004 as check
import data.builtin.lib.kubernetes_fixtures as fixtures

test_denies_probe if {
	document := fixtures.container({"livenessProbe": {"httpGet": {"host": "192.0.2.20", "port": 80}}})
	count(check.deny) == 1 with input as document
}

test_denies_socket if {
	document := fixtures.container({"readinessProbe": {"tcpSocket": {"host": "192.0.2.20", "port": 80}}})
	count(check.deny) == 1 with input as document
}

test_denies_hook if {
	document := fixtures.container({"lifecycle": {"preStop": {"httpGet": {"host": "192.0.2.20", "port": 80}}}})
	count(check.deny) == 1 with input as document
}

test_denies_init_container if count(check.deny) == 1 with input as fixtures.pod({"initContainers": [{
	"name": "proxy",
	"startupProbe": {"httpGet": {"host": "localhost", "port": 80}},
}]})

test_allows_own_address if {
	document := fixtures.container({"livenessProbe": {"httpGet": {"path": "/", "port": 80}}})
	count(check.deny) == 0 with input as document
}

test_allows_empty if {
	document := fixtures.container({"livenessProbe": {"httpGet": {"host": "", "port": 80}}})
	count(check.deny) == 0 with input as document
}

test_takes_malformed_input if {
	every document in fixtures.malformed {
		count(check.deny) >= 0 with input as document
	}
}
