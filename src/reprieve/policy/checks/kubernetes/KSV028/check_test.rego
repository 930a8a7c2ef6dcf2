package builtin.kubernetes.KSV028_test

import rego.v1

import data.builtin.kubernetes.KSV028 as check
import data.builtin.lib.kubernetes_fixtures as fixtures

test_denies_nfs if {
	document := fixtures.pod({"volumes": [{"name": "data", "nfs": {"server": "files.example.com", "path": "/"}}]})
	count(check.deny) == 1 with input as document
}

test_denies_disk if {
	document := fixtures.deployment({"volumes": [{"name": "data", "gcePersistentDisk": {"pdName": "data"}}]})
	count(check.deny) == 1 with input as document
}

test_allows_core_types if count(check.deny) == 0 with input as fixtures.pod({"volumes": [
	{"name": "a", "configMap": {"name": "a"}},
	{"name": "b", "secret": {"secretName": "b"}},
	{"name": "c", "emptyDir": {}},
	{"name": "d", "persistentVolumeClaim": {"claimName": "d"}},
	{"name": "e", "projected": {"sources": []}},
	{"name": "f", "csi": {"driver": "csi.example.com"}},
	{"name": "g", "downwardAPI": {"items": []}},
	{"name": "h", "ephemeral": {"volumeClaimTemplate": {}}},
]})

test_leaves_host_path_to_ksv023 if {
	document := fixtures.pod({"volumes": [{"name": "data", "hostPath": {"path": "/"}}]})
	count(check.deny) == 0 with input as document
}

test_allows_name_only if count(check.deny) == 0 with input as fixtures.pod({"volumes": [{"name": "data"}]})

test_takes_malformed_input if {
	every document in fixtures.malformed {
		count(check.deny) >= 0 with input as document
	}
}
