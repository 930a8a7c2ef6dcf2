package builtin.kubernetes.RPV_K8S_019_test

import rego.v1

import data.builtin.kubernetes.RPV_K8S_019 as check

role(rules) := {
	"apiVersion": "rbac.authorization.k8s.io/v1",
	"kind": "ClusterRole",
	"metadata": {"name": "token-issuer"},
	"rules": rules,
}

test_creates if count(check.deny) == 1 with input as role([{"apiGroups": [""], "resources": ["serviceaccounts/token"], "verbs": ["create"]}])

test_any_verb if count(check.deny) == 1 with input as role([{"apiGroups": [""], "resources": ["serviceaccounts/token"], "verbs": ["*"]}])

test_named if {
	count(check.deny) == 0 with input as role([
		{
			"apiGroups": [""],
			"resources": ["serviceaccounts/token"],
			"verbs": ["create"],
			"resourceNames": ["shop-ci"],
		},
	])
}

test_reads_accounts if count(check.deny) == 0 with input as role([{"apiGroups": [""], "resources": ["serviceaccounts"], "verbs": ["get"]}])

test_role_of_another_api if {
	count(check.deny) == 0 with input as {
		"apiVersion": "iam.example.com/v1",
		"kind": "ClusterRole",
		"metadata": {"name": "token-issuer"},
		"rules": [
			{
				"apiGroups": [""],
				"resources": ["serviceaccounts/token"],
				"verbs": ["create"],
			},
		],
	}
}
