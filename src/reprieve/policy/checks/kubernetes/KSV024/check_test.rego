package builtin.kubernetes.KSV024_test

import rego.v1

import data.builtin.kubernetes.KSV024 as check
import data.builtin.lib.kubernetes_fixtures as fixtures

test_denies_host_port if {
	document := fixtures.container({"ports": [{"containerPort": 80, "hostPort": 80}]})
	count(check.deny) == 1 with input as document
}

test_denies_each if {
	document := fixtures.container({"ports": [{"hostPort": 80}, {"hostPort": 443}, {"containerPort": 9}]})
	count(check.deny) == 2 with input as document
}

test_allows_zero if {
	document := fixtures.container({"ports": [{"containerPort": 80, "hostPort": 0}]})
	count(check.deny) == 0 with input as document
}

test_allows_unset if count(check.deny) == 0 with input as fixtures.container({"ports": [{"containerPort": 80}]})

test_takes_malformed_input if {
	every document in fixtures.malformed {
		count(check.deny) >= 0 with input as document
	}
}
