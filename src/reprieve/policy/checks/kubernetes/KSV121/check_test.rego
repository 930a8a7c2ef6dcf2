package builtin.kubernetes.KSV121_test

import rego.v1

import data.builtin.kubernetes.KSV121 as check
import data.builtin.lib.kubernetes_fixtures as fixtures

test_denies_root if {
	document := fixtures.pod({"volumes": [{"name": "data", "hostPath": {"path": "/"}}]})
	count(check.deny) == 1 with input as document
}

test_denies_etc if {
	document := fixtures.deployment({"volumes": [{"name": "data", "hostPath": {"path": "/etc"}}]})
	count(check.deny) == 1 with input as document
}

test_denies_other_spelling if {
	document := fixtures.pod({"volumes": [{"name": "data", "hostPath": {"path": "//etc/"}}]})
	count(check.deny) == 1 with input as document
}

test_allows_other if {
	document := fixtures.pod({"volumes": [{"name": "data", "hostPath": {"path": "/srv/data"}}]})
	count(check.deny) == 0 with input as document
}

test_allows_file if {
	document := fixtures.pod({"volumes": [{"name": "data", "hostPath": {"path": "/etc/localtime"}}]})
	count(check.deny) == 0 with input as document
}

test_takes_malformed_input if {
	every document in fixtures.malformed {
		count(check.deny) >= 0 with input as document
	}
}
