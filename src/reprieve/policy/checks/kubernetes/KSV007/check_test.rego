package builtin.kubernetes.KSV007_test

import rego.v1

import data.builtin.kubernetes.KSV007 as check
import data.builtin.lib.kubernetes_fixtures as fixtures

test_denies_alias if {
	document := fixtures.pod({"hostAliases": [{"ip": "192.0.2.10", "hostnames": ["smtp.example.com"]}]})
	count(check.deny) == 1 with input as document
}

test_denies_each if {
	document := fixtures.deployment({"hostAliases": [{"ip": "192.0.2.10"}, {"ip": "192.0.2.11"}]})
	count(check.deny) == 2 with input as document
}

test_allows_empty if count(check.deny) == 0 with input as fixtures.pod({"hostAliases": []})

test_allows_unset if count(check.deny) == 0 with input as fixtures.container({})

test_takes_malformed_input if {
	every document in fixtures.malformed {
		count(check.deny) >= 0 with input as document
	}
}
