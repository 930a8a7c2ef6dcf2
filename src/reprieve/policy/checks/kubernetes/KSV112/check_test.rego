package builtin.kubernetes.KSV112_test

import rego.v1

import data.builtin.kubernetes.KSV112 as check

role(rules) := {
	"apiVersion": "rbac.authorization.k8s.io/v1",
	"kind": "Role",
	"metadata": {"name": "shop-worker"},
	"rules": rules,
}

test_writes_all if count(check.deny) == 1 with input as role([{"apiGroups": ["*"], "resources": ["*"], "verbs": ["create", "delete"]}])

test_core_group if count(check.deny) == 1 with input as role([{"apiGroups": [""], "resources": ["*"], "verbs": ["get"]}])

test_names if count(check.deny) == 0 with input as role([{"apiGroups": [""], "resources": ["services"], "verbs": ["get", "list"]}])

test_own_api if count(check.deny) == 0 with input as role([{"apiGroups": ["shop.example.com"], "resources": ["*"], "verbs": ["get"]}])

test_role_of_another_api if {
	count(check.deny) == 0 with input as {
		"apiVersion": "iam.example.com/v1",
		"kind": "Role",
		"metadata": {"name": "shop-worker"},
		"rules": [{"apiGroups": ["*"], "resources": ["*"], "verbs": ["create", "delete"]}],
	}
}
