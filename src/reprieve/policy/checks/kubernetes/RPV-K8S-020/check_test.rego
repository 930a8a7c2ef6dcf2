package builtin.kubernetes.RPV_K8S_020_test

import rego.v1

import data.builtin.kubernetes.RPV_K8S_020 as check

role(rules) := {
	"apiVersion": "rbac.authorization.k8s.io/v1",
	"kind": "ClusterRole",
	"metadata": {"name": "storage-user"},
	"rules": rules,
}

test_creates if {
	count(check.deny) == 1 with input as role([
		{
			"apiGroups": [""],
			"resources": ["persistentvolumes"],
			"verbs": ["get", "create"],
		},
	])
}

test_any_verb if count(check.deny) == 1 with input as role([{"apiGroups": [""], "resources": ["persistentvolumes"], "verbs": ["*"]}])

test_claims if count(check.deny) == 0 with input as role([{"apiGroups": [""], "resources": ["persistentvolumeclaims"], "verbs": ["create"]}])

test_reads if count(check.deny) == 0 with input as role([{"apiGroups": [""], "resources": ["persistentvolumes"], "verbs": ["get", "list"]}])

test_role_of_another_api if {
	count(check.deny) == 0 with input as {
		"apiVersion": "iam.example.com/v1",
		"kind": "ClusterRole",
		"metadata": {"name": "storage-user"},
		"rules": [
			{
				"apiGroups": [""],
				"resources": ["persistentvolumes"],
				"verbs": ["get", "create"],
			},
		],
	}
}
