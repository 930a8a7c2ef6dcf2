package builtin.kubernetes.KSV113_test

import rego.v1

import data.builtin.kubernetes.KSV113 as check

role(rules) := {
	"apiVersion": "rbac.authorization.k8s.io/v1",
	"kind": "Role",
	"metadata": {"name": "shop-worker"},
	"rules": rules,
}

test_reads_all if count(check.deny) == 1 with input as role([{"apiGroups": [""], "resources": ["secrets"], "verbs": ["get", "list", "watch"]}])

test_any_verb if count(check.deny) == 1 with input as role([{"apiGroups": [""], "resources": ["secrets"], "verbs": ["*"]}])

test_named_secret if {
	count(check.deny) == 0 with input as role([
		{
			"apiGroups": [""],
			"resources": ["secrets"],
			"verbs": ["get"],
			"resourceNames": ["payment-gateway"],
		},
	])
}

test_other_resource if count(check.deny) == 0 with input as role([{"apiGroups": [""], "resources": ["services"], "verbs": ["get"]}])

test_role_of_another_api if {
	count(check.deny) == 0 with input as {
		"apiVersion": "iam.example.com/v1",
		"kind": "Role",
		"metadata": {"name": "shop-worker"},
		"rules": [
			{
				"apiGroups": [""],
				"resources": ["secrets"],
				"verbs": ["get", "list", "watch"],
			},
		],
	}
}
