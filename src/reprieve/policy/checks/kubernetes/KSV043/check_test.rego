package builtin.kubernetes.KSV043_test

import rego.v1

import data.builtin.kubernetes.KSV043 as check

role(rules) := {
	"apiVersion": "rbac.authorization.k8s.io/v1",
	"kind": "ClusterRole",
	"metadata": {"name": "support"},
	"rules": rules,
}

test_any_group if count(check.deny) == 1 with input as role([{"apiGroups": [""], "resources": ["users", "groups"], "verbs": ["impersonate"]}])

test_masters if {
	count(check.deny) == 1 with input as role([
		{
			"apiGroups": [""],
			"resources": ["groups"],
			"verbs": ["impersonate"],
			"resourceNames": ["system:masters"],
		},
	])
}

test_any_verb if count(check.deny) == 1 with input as role([{"apiGroups": [""], "resources": ["serviceaccounts"], "verbs": ["*"]}])

test_named_group if {
	count(check.deny) == 0 with input as role([
		{
			"apiGroups": [""],
			"resources": ["groups"],
			"verbs": ["impersonate"],
			"resourceNames": ["shop-support"],
		},
	])
}

test_other_verb if count(check.deny) == 0 with input as role([{"apiGroups": [""], "resources": ["serviceaccounts"], "verbs": ["get", "list"]}])

test_role_of_another_api if {
	count(check.deny) == 0 with input as {
		"apiVersion": "iam.example.com/v1",
		"kind": "ClusterRole",
		"metadata": {"name": "support"},
		"rules": [
			{
				"apiGroups": [""],
				"resources": ["users", "groups"],
				"verbs": ["impersonate"],
			},
		],
	}
}
