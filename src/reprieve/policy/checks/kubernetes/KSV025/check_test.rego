package builtin.kubernetes.KSV025_test

import rego.v1

import data.builtin.kubernetes.KSV025 as check
import data.builtin.lib.kubernetes_fixtures as fixtures

test_denies_type if count(check.deny) == 1 with input as fixtures.context({"seLinuxOptions": {"type": "spc_t"}})

test_denies_pod_type if {
	document := fixtures.pod({"securityContext": {"seLinuxOptions": {"type": "spc_t"}}})
	count(check.deny) == 1 with input as document
}

test_denies_user_and_role if {
	document := fixtures.context({"seLinuxOptions": {"user": "system_u", "role": "system_r"}})
	count(check.deny) == 2 with input as document
}

test_allows_container_type if {
	document := fixtures.context({"seLinuxOptions": {"type": "container_t", "level": "s0:c1,c2"}})
	count(check.deny) == 0 with input as document
}

test_allows_empty if count(check.deny) == 0 with input as fixtures.context({"seLinuxOptions": {"type": "", "user": ""}})

test_allows_unset if count(check.deny) == 0 with input as fixtures.container({})

test_takes_malformed_input if {
	every document in fixtures.malformed {
		count(check.deny) >= 0 with input as document
	}
}
