package builtin.kubernetes.KSV045_test

import rego.v1

import data.builtin.kubernetes.KSV045 as check

role(rules) := {
	"apiVersion": "rbac.authorization.k8s.io/v1",
	"kind": "ClusterRole",
	"metadata": {"name": "deployer"},
	"rules": rules,
}

test_secrets if count(check.deny) == 1 with input as role([{"apiGroups": [""], "resources": ["secrets"], "verbs": ["*"]}])

test_workloads if {
	count(check.deny) == 1 with input as role([
		{
			"apiGroups": ["apps"],
			"resources": ["deployments", "statefulsets"],
			"verbs": ["*"],
		},
	])
}

test_whole_group if count(check.deny) == 1 with input as role([{"apiGroups": ["batch"], "resources": ["*"], "verbs": ["*"]}])

test_listed_verbs if {
	count(check.deny) == 0 with input as role([
		{
			"apiGroups": ["apps"],
			"resources": ["deployments"],
			"verbs": ["get", "list", "patch"],
		},
	])
}

test_own_api if count(check.deny) == 0 with input as role([{"apiGroups": ["shop.example.com"], "resources": ["orders"], "verbs": ["*"]}])

test_role_of_another_api if {
	count(check.deny) == 0 with input as {
		"apiVersion": "iam.example.com/v1",
		"kind": "ClusterRole",
		"metadata": {"name": "deployer"},
		"rules": [{"apiGroups": [""], "resources": ["secrets"], "verbs": ["*"]}],
	}
}
