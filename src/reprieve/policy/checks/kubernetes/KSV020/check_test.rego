package builtin.kubernetes.KSV020_test

import rego.v1

import data.builtin.kubernetes.KSV020 as check
import data.builtin.lib.kubernetes_fixtures as fixtures

test_denies_unset if count(check.deny) == 1 with input as fixtures.container({})

test_denies_limit if count(check.deny) == 1 with input as fixtures.context({"runAsUser": 10000})

test_denies_text if count(check.deny) == 1 with input as fixtures.context({"runAsUser": "20000"})

test_denies_container_over_pod if count(check.deny) == 1 with input as fixtures.pod({
	"securityContext": {"runAsUser": 20000},
	"containers": [{"name": "web"}, {"name": "log", "securityContext": {"runAsUser": 5}}],
})

test_allows_above if count(check.deny) == 0 with input as fixtures.context({"runAsUser": 10001})

test_allows_pod if {
	document := fixtures.pod({"securityContext": {"runAsUser": 20000}, "containers": [{"name": "web"}]})
	count(check.deny) == 0 with input as document
}

test_takes_malformed_input if {
	every document in fixtures.malformed {
		count(check.deny) >= 0 with input as document
	}
}
