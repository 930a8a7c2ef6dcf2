package builtin.kubernetes.RPV_K8S_022_test

import rego.v1

import data.builtin.kubernetes.RPV_K8S_022 as check

role(rules) := {
	"apiVersion": "rbac.authorization.k8s.io/v1",
	"kind": "ClusterRole",
	"metadata": {"name": "order-operator"},
	"rules": rules,
}

test_any_group if count(check.deny) == 1 with input as role([{"apiGroups": ["*"], "resources": ["events"], "verbs": ["create"]}])

test_any_resource if count(check.deny) == 1 with input as role([{"apiGroups": ["shop.example.com"], "resources": ["*"], "verbs": ["get"]}])

test_any_verb_of_own_api if count(check.deny) == 1 with input as role([{"apiGroups": ["shop.example.com"], "resources": ["orders"], "verbs": ["*"]}])

test_names if {
	count(check.deny) == 0 with input as role([
		{
			"apiGroups": ["shop.example.com"],
			"resources": ["orders"],
			"verbs": ["get", "list"],
		},
	])
}

test_reported_as_graver if count(check.deny) == 0 with input as role([{"apiGroups": ["*"], "resources": ["*"], "verbs": ["*"]}])

test_reported_as_graver_too if count(check.deny) == 0 with input as role([{"apiGroups": [""], "resources": ["secrets"], "verbs": ["*"]}])

test_role_of_another_api if {
	count(check.deny) == 0 with input as {
		"apiVersion": "iam.example.com/v1",
		"kind": "ClusterRole",
		"metadata": {"name": "order-operator"},
		"rules": [{"apiGroups": ["*"], "resources": ["events"], "verbs": ["create"]}],
	}
}
