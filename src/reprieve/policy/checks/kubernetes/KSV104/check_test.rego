package builtin.kubernetes.KSV104_test

import rego.v1

import data.builtin.kubernetes.KSV104 as check
import data.builtin.lib.kubernetes_fixtures as fixtures

test_denies_container if {
	document := fixtures.context({"seccompProfile": {"type": "Unconfined"}})
	count(check.deny) == 1 with input as document
}

test_denies_pod if {
	document := fixtures.pod({"securityContext": {"seccompProfile": {"type": "Unconfined"}}})
	count(check.deny) == 1 with input as document
}

test_denies_annotation if count(check.deny) == 1 with input as {
	"kind": "Pod",
	"metadata": {"annotations": {"container.seccomp.security.alpha.kubernetes.io/web": "unconfined"}},
	"spec": {"containers": [{"name": "web"}]},
}

test_allows_runtime_default if {
	document := fixtures.context({"seccompProfile": {"type": "RuntimeDefault"}})
	count(check.deny) == 0 with input as document
}

test_allows_unset if count(check.deny) == 0 with input as fixtures.container({})

test_takes_malformed_input if {
	every document in fixtures.malformed {
		count(check.deny) >= 0 with input as document
	}
}
