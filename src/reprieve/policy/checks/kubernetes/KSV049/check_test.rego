package builtin.kubernetes.KSV049_test

import rego.v1

import data.builtin.kubernetes.KSV049 as check

role(rules) := {
	"apiVersion": "rbac.authorization.k8s.io/v1",
	"kind": "ClusterRole",
	"metadata": {"name": "settings"},
	"rules": rules,
}

test_writes if count(check.deny) == 1 with input as role([{"apiGroups": [""], "resources": ["configmaps"], "verbs": ["get", "update"]}])

test_creates if count(check.deny) == 1 with input as role([{"apiGroups": [""], "resources": ["configmaps"], "verbs": ["create"]}])

test_any_verb if count(check.deny) == 1 with input as role([{"apiGroups": [""], "resources": ["configmaps"], "verbs": ["*"]}])

test_named if {
	count(check.deny) == 0 with input as role([
		{
			"apiGroups": [""],
			"resources": ["configmaps"],
			"verbs": ["update"],
			"resourceNames": ["shop-leader"],
		},
	])
}

test_reads if count(check.deny) == 0 with input as role([{"apiGroups": [""], "resources": ["configmaps"], "verbs": ["get", "list"]}])

test_role_of_another_api if {
	count(check.deny) == 0 with input as {
		"apiVersion": "iam.example.com/v1",
		"kind": "ClusterRole",
		"metadata": {"name": "settings"},
		"rules": [{"apiGroups": [""], "resources": ["configmaps"], "verbs": ["get", "update"]}],
	}
}
