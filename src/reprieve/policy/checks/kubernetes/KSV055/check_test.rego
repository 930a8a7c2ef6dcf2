package builtin.kubernetes.KSV055_test

import rego.v1

import data.builtin.kubernetes.KSV055 as check

role(rules) := {
	"apiVersion": "rbac.authorization.k8s.io/v1",
	"kind": "ClusterRole",
	"metadata": {"name": "team-lead"},
	"rules": rules,
}

test_patches if {
	count(check.deny) == 1 with input as role([
		{
			"apiGroups": ["rbac.authorization.k8s.io"],
			"resources": ["rolebindings"],
			"verbs": ["get", "patch"],
		},
	])
}

test_updates if {
	count(check.deny) == 1 with input as role([
		{
			"apiGroups": ["rbac.authorization.k8s.io"],
			"resources": ["clusterrolebindings"],
			"verbs": ["update"],
		},
	])
}

test_reads if {
	count(check.deny) == 0 with input as role([
		{
			"apiGroups": ["rbac.authorization.k8s.io"],
			"resources": ["rolebindings"],
			"verbs": ["get", "list"],
		},
	])
}

test_named if {
	count(check.deny) == 0 with input as role([
		{
			"apiGroups": ["rbac.authorization.k8s.io"],
			"resources": ["rolebindings"],
			"verbs": ["patch"],
			"resourceNames": ["shop-viewers"],
		},
	])
}

test_role_of_another_api if {
	count(check.deny) == 0 with input as {
		"apiVersion": "iam.example.com/v1",
		"kind": "ClusterRole",
		"metadata": {"name": "team-lead"},
		"rules": [
			{
				"apiGroups": ["rbac.authorization.k8s.io"],
				"resources": ["rolebindings"],
				"verbs": ["get", "patch"],
			},
		],
	}
}
