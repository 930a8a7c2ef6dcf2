package builtin.kubernetes.KSV012_test

import rego.v1

import data.builtin.kubernetes.KSV012 as check
import data.builtin.lib.kubernetes_fixtures as fixtures

test_denies_unset if count(check.deny) == 1 with input as fixtures.container({})

test_denies_false if count(check.deny) == 1 with input as fixtures.context({"runAsNonRoot": false})

test_denies_container_over_pod if count(check.deny) == 1 with input as fixtures.pod({
	"securityContext": {"runAsNonRoot": true},
	"containers": [{"name": "web"}, {"name": "log", "securityContext": {"runAsNonRoot": false}}],
})

test_allows_pod if count(check.deny) == 0 with input as fixtures.pod({
	"securityContext": {"runAsNonRoot": true},
	"containers": [{"name": "web"}, {"name": "log", "securityContext": {"privileged": false}}],
})

test_allows_container if count(check.deny) == 0 with input as fixtures.context({"runAsNonRoot": true})

test_takes_malformed_input if {
	every document in fixtures.malformed {
		count(check.deny) >= 0 with input as document
	}
}
