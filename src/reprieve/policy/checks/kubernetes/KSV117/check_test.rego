package builtin.kubernetes.KSV117_test

import rego.v1

import data.builtin.kubernetes.KSV117 as check
import data.builtin.lib.kubernetes_fixtures as fixtures

test_denies_http if count(check.deny) == 1 with input as fixtures.container({"ports": [{"containerPort": 80}]})

test_denies_each if {
	document := fixtures.container({"ports": [{"containerPort": 80}, {"containerPort": 443}, {"containerPort": 8080}]})
	count(check.deny) == 2 with input as document
}

test_allows_limit if count(check.deny) == 0 with input as fixtures.container({"ports": [{"containerPort": 1024}]})

test_allows_none if count(check.deny) == 0 with input as fixtures.container({})

test_takes_malformed_input if {
	every document in fixtures.malformed {
		count(check.deny) >= 0 with input as document
	}
}
