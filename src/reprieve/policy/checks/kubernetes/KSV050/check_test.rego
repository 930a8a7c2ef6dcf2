package builtin.kubernetes.KSV050_test

import rego.v1

import data.builtin.kubernetes.KSV050 as check

role(rules) := {
	"apiVersion": "rbac.authorization.k8s.io/v1",
	"kind": "ClusterRole",
	"metadata": {"name": "access-manager"},
	"rules": rules,
}

test_escalates if {
	count(check.deny) == 1 with input as role([
		{
			"apiGroups": ["rbac.authorization.k8s.io"],
			"resources": ["clusterroles"],
			"verbs": ["escalate"],
		},
	])
}

test_binds_any if {
	count(check.deny) == 1 with input as role([
		{
			"apiGroups": ["rbac.authorization.k8s.io"],
			"resources": ["roles"],
			"verbs": ["bind"],
		},
	])
}

test_binds_cluster_admin if {
	count(check.deny) == 1 with input as role([
		{
			"apiGroups": ["rbac.authorization.k8s.io"],
			"resources": ["clusterroles"],
			"verbs": ["bind"],
			"resourceNames": ["cluster-admin"],
		},
	])
}

test_any_verb if {
	count(check.deny) == 1 with input as role([
		{
			"apiGroups": ["rbac.authorization.k8s.io"],
			"resources": ["rolebindings"],
			"verbs": ["*"],
		},
	])
}

test_both_are_one if {
	count(check.deny) == 1 with input as role([
		{
			"apiGroups": ["rbac.authorization.k8s.io"],
			"resources": ["roles"],
			"verbs": ["bind", "escalate"],
		},
	])
}

test_binds_named if {
	count(check.deny) == 0 with input as role([
		{
			"apiGroups": ["rbac.authorization.k8s.io"],
			"resources": ["clusterroles"],
			"verbs": ["bind"],
			"resourceNames": ["shop-viewer"],
		},
	])
}

test_reads if {
	count(check.deny) == 0 with input as role([
		{
			"apiGroups": ["rbac.authorization.k8s.io"],
			"resources": ["roles"],
			"verbs": ["get", "list"],
		},
	])
}

test_role_of_another_api if {
	count(check.deny) == 0 with input as {
		"apiVersion": "iam.example.com/v1",
		"kind": "ClusterRole",
		"metadata": {"name": "access-manager"},
		"rules": [
			{
				"apiGroups": ["rbac.authorization.k8s.io"],
				"resources": ["clusterroles"],
				"verbs": ["escalate"],
			},
		],
	}
}
