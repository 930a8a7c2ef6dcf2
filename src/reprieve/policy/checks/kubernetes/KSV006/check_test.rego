package builtin.kubernetes.KSV006_test

import rego.v1

import data.builtin.kubernetes.KSV006 as check
import data.builtin.lib.kubernetes_fixtures as fixtures

test_denies_docker if {
	document := fixtures.pod({"volumes": [{"name": "d", "hostPath": {"path": "/var/run/docker.sock"}}]})
	count(check.deny) == 1 with input as document
}

test_denies_without_var if {
	document := fixtures.pod({"volumes": [{"name": "d", "hostPath": {"path": "/run/docker.sock"}}]})
	count(check.deny) == 1 with input as document
}

test_denies_containerd if {
	document := fixtures.cronjob({"volumes": [{"name": "d", "hostPath": {"path": "/run/containerd/containerd.sock"}}]})
	count(check.deny) == 1 with input as document
}

test_allows_other if {
	document := fixtures.pod({"volumes": [{"name": "d", "hostPath": {"path": "/run/shop.sock"}}]})
	count(check.deny) == 0 with input as document
}

test_allows_none if count(check.deny) == 0 with input as fixtures.container({})

test_takes_malformed_input if {
	every document in fixtures.malformed {
		count(check.deny) >= 0 with input as document
	}
}
