package builtin.kubernetes.KSV046_test

import rego.v1

import data.builtin.kubernetes.KSV046 as check

role(rules) := {
	"apiVersion": "rbac.authorization.k8s.io/v1",
	"kind": "ClusterRole",
	"metadata": {"name": "dashboard"},
	"rules": rules,
}

test_reads_all if count(check.deny) == 1 with input as role([{"apiGroups": ["*"], "resources": ["*"], "verbs": ["get", "list", "watch"]}])

test_core_group if count(check.deny) == 1 with input as role([{"apiGroups": [""], "resources": ["*"], "verbs": ["delete"]}])

test_names if {
	count(check.deny) == 0 with input as role([
		{
			"apiGroups": [""],
			"resources": ["pods", "nodes"],
			"verbs": ["get", "list", "watch"],
		},
	])
}

test_own_api if count(check.deny) == 0 with input as role([{"apiGroups": ["shop.example.com"], "resources": ["*"], "verbs": ["get"]}])

test_role_of_another_api if {
	count(check.deny) == 0 with input as {
		"apiVersion": "iam.example.com/v1",
		"kind": "ClusterRole",
		"metadata": {"name": "dashboard"},
		"rules": [{"apiGroups": ["*"], "resources": ["*"], "verbs": ["get", "list", "watch"]}],
	}
}
