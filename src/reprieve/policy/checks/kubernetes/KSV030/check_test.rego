package builtin.kubernetes.KSV030_test

import rego.v1

import data.builtin.kubernetes.KSV030 as check
import data.builtin.lib.kubernetes_fixtures as fixtures

test_denies_unset if count(check.deny) == 1 with input as fixtures.container({})

test_denies_unconfined if {
	document := fixtures.context({"seccompProfile": {"type": "Unconfined"}})
	count(check.deny) == 1 with input as document
}

test_denies_container_over_pod if count(check.deny) == 1 with input as fixtures.pod({
	"securityContext": {"seccompProfile": {"type": "RuntimeDefault"}},
	"containers": [{"name": "web", "securityContext": {"seccompProfile": {"type": "Unconfined"}}}],
})

test_allows_runtime_default if {
	document := fixtures.context({"seccompProfile": {"type": "RuntimeDefault"}})
	count(check.deny) == 0 with input as document
}

test_allows_localhost if {
	document := fixtures.context({"seccompProfile": {"type": "Localhost"}})
	count(check.deny) == 0 with input as document
}

test_allows_pod if {
	document := fixtures.pod({"securityContext": {"seccompProfile": {"type": "RuntimeDefault"}}, "containers": [{"name": "web"}]})
	count(check.deny) == 0 with input as document
}

test_allows_annotation if count(check.deny) == 0 with input as {
	"kind": "Pod",
	"metadata": {"annotations": {"seccomp.security.alpha.kubernetes.io/pod": "runtime/default"}},
	"spec": {"containers": [{"name": "web"}]},
}

test_allows_windows if {
	document := fixtures.pod({"os": {"name": "windows"}, "containers": [{"name": "web"}]})
	count(check.deny) == 0 with input as document
}

test_takes_malformed_input if {
	every document in fixtures.malformed {
		count(check.deny) >= 0 with input as document
	}
}
