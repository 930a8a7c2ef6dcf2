package builtin.kubernetes.KSV002_test

import rego.v1

import data.builtin.kubernetes.KSV002 as check
import data.builtin.lib.kubernetes_fixtures as fixtures

test_denies_unconfined_container if {
	document := fixtures.context({"appArmorProfile": {"type": "Unconfined"}})
	count(check.deny) == 1 with input as document
}

test_denies_unconfined_pod if {
	document := fixtures.pod({"securityContext": {"appArmorProfile": {"type": "Unconfined"}}})
	count(check.deny) == 1 with input as document
}

test_denies_unconfined_annotation if count(check.deny) == 1 with input as {
	"kind": "Pod",
	"metadata": {"annotations": {"container.apparmor.security.beta.kubernetes.io/web": "unconfined"}},
	"spec": {"containers": [{"name": "web"}]},
}

test_allows_annotated_profiles if count(check.deny) == 0 with input as {
	"kind": "Pod",
	"metadata": {"annotations": {
		"container.apparmor.security.beta.kubernetes.io/web": "runtime/default",
		"container.apparmor.security.beta.kubernetes.io/log": "localhost/shop",
	}},
	"spec": {"containers": [{"name": "web"}, {"name": "log"}]},
}

test_allows_localhost if {
	document := fixtures.context({"appArmorProfile": {"type": "Localhost", "localhostProfile": "shop"}})
	count(check.deny) == 0 with input as document
}

test_allows_unset if count(check.deny) == 0 with input as fixtures.container({})

test_takes_malformed_input if {
	every document in fixtures.malformed {
		count(check.deny) >= 0 with input as document
	}
}
