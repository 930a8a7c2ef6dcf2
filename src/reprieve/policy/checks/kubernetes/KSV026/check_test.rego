package builtin.kubernetes.KSV026_test

import rego.v1

import data.builtin.kubernetes.KSV026 as check
import data.builtin.lib.kubernetes_fixtures as fixtures

test_denies_unsafe if {
	document := fixtures.pod({"securityContext": {"sysctls": [{"name": "kernel.msgmax", "value": "1"}]}})
	count(check.deny) == 1 with input as document
}

test_denies_each if count(check.deny) == 2 with input as fixtures.cronjob({"securityContext": {"sysctls": [
	{"name": "kernel.msgmax", "value": "1"},
	{"name": "net.core.somaxconn", "value": "1024"},
	{"name": "net.ipv4.tcp_syncookies", "value": "1"},
]}})

test_allows_safe if {
	document := fixtures.pod({"securityContext": {"sysctls": [{"name": "net.ipv4.tcp_rmem", "value": "1"}]}})
	count(check.deny) == 0 with input as document
}

test_allows_unset if count(check.deny) == 0 with input as fixtures.container({})

test_takes_malformed_input if {
	every document in fixtures.malformed {
		count(check.deny) >= 0 with input as document
	}
}
