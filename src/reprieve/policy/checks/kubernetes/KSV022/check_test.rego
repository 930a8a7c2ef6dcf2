package builtin.kubernetes.KSV022_test

import rego.v1

import data.builtin.kubernetes.KSV022 as check
import data.builtin.lib.kubernetes_fixtures as fixtures

test_denies_net_admin if count(check.deny) == 1 with input as fixtures.context({"capabilities": {"add": ["NET_ADMIN"]}})

test_denies_several_once if {
	document := fixtures.context({"capabilities": {"add": ["NET_ADMIN", "BPF", "CHOWN"]}})
	count(check.deny) == 1 with input as document
}

test_denies_all if count(check.deny) == 1 with input as fixtures.context({"capabilities": {"add": ["ALL"]}})

test_allows_default_set if {
	document := fixtures.context({"capabilities": {"add": ["CHOWN", "SETUID"]}})
	count(check.deny) == 0 with input as document
}

test_allows_prefix if count(check.deny) == 0 with input as fixtures.context({"capabilities": {"add": ["CAP_KILL"]}})

test_allows_unset if count(check.deny) == 0 with input as fixtures.container({})

test_takes_malformed_input if {
	every document in fixtures.malformed {
		count(check.deny) >= 0 with input as document
	}
}
