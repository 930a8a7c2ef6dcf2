package builtin.kubernetes.KSV052_test

import rego.v1

import data.builtin.kubernetes.KSV052 as check

role(rules) := {
	"apiVersion": "rbac.authorization.k8s.io/v1",
	"kind": "ClusterRole",
	"metadata": {"name": "cluster-onboarding"},
	"rules": rules,
}

test_two_rules if {
	count(check.deny) == 1 with input as role([
		{
			"apiGroups": ["rbac.authorization.k8s.io"],
			"resources": ["clusterrolebindings"],
			"verbs": ["create"],
		},
		{
			"apiGroups": ["rbac.authorization.k8s.io"],
			"resources": ["clusterroles"],
			"verbs": ["bind"],
		},
	])
}

test_one_rule if count(check.deny) == 1 with input as role([{"apiGroups": ["rbac.authorization.k8s.io"], "resources": ["*"], "verbs": ["*"]}])

test_binds_named if {
	count(check.deny) == 0 with input as role([
		{
			"apiGroups": ["rbac.authorization.k8s.io"],
			"resources": ["clusterrolebindings"],
			"verbs": ["create"],
		},
		{
			"apiGroups": ["rbac.authorization.k8s.io"],
			"resources": ["clusterroles"],
			"verbs": ["bind"],
			"resourceNames": ["shop-viewer"],
		},
	])
}

test_binds_roles_only if {
	count(check.deny) == 0 with input as role([
		{
			"apiGroups": ["rbac.authorization.k8s.io"],
			"resources": ["clusterrolebindings"],
			"verbs": ["create"],
		},
		{
			"apiGroups": ["rbac.authorization.k8s.io"],
			"resources": ["roles"],
			"verbs": ["bind"],
		},
	])
}

test_role_of_another_api if {
	count(check.deny) == 0 with input as {
		"apiVersion": "iam.example.com/v1",
		"kind": "ClusterRole",
		"metadata": {"name": "cluster-onboarding"},
		"rules": [
			{
				"apiGroups": ["rbac.authorization.k8s.io"],
				"resources": ["clusterrolebindings"],
				"verbs": ["create"],
			},
			{
				"apiGroups": ["rbac.authorization.k8s.io"],
				"resources": ["clusterroles"],
				"verbs": ["bind"],
			},
		],
	}
}
