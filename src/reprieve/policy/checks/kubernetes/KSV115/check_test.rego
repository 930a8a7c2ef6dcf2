package builtin.kubernetes.KSV115_test

import rego.v1

import data.builtin.kubernetes.KSV115 as check

role(rules) := {
	"apiVersion": "rbac.authorization.k8s.io/v1",
	"kind": "ClusterRole",
	"metadata": {"name": "node-joiner"},
	"rules": rules,
}

test_patches if {
	count(check.deny) == 1 with input as role([
		{
			"apiGroups": [""],
			"resources": ["configmaps"],
			"verbs": ["get", "patch"],
			"resourceNames": ["aws-auth"],
		},
	])
}

test_any_verb if {
	count(check.deny) == 1 with input as role([
		{
			"apiGroups": [""],
			"resources": ["configmaps"],
			"verbs": ["*"],
			"resourceNames": ["aws-auth"],
		},
	])
}

test_reads if {
	count(check.deny) == 0 with input as role([
		{
			"apiGroups": [""],
			"resources": ["configmaps"],
			"verbs": ["get"],
			"resourceNames": ["aws-auth"],
		},
	])
}

test_other_map if {
	count(check.deny) == 0 with input as role([
		{
			"apiGroups": [""],
			"resources": ["configmaps"],
			"verbs": ["patch"],
			"resourceNames": ["shop"],
		},
	])
}

test_role_of_another_api if {
	count(check.deny) == 0 with input as {
		"apiVersion": "iam.example.com/v1",
		"kind": "ClusterRole",
		"metadata": {"name": "node-joiner"},
		"rules": [
			{
				"apiGroups": [""],
				"resources": ["configmaps"],
				"verbs": ["get", "patch"],
				"resourceNames": ["aws-auth"],
			},
		],
	}
}
