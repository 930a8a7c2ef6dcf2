package builtin.kubernetes.KSV044_test

import rego.v1

import data.builtin.kubernetes.KSV044 as check

role(rules) := {
	"apiVersion": "rbac.authorization.k8s.io/v1",
	"kind": "ClusterRole",
	"metadata": {"name": "operator"},
	"rules": rules,
}

test_all_groups if count(check.deny) == 1 with input as role([{"apiGroups": ["*"], "resources": ["*"], "verbs": ["*"]}])

test_core_group if count(check.deny) == 1 with input as role([{"apiGroups": [""], "resources": ["*"], "verbs": ["*"]}])

test_names if {
	count(check.deny) == 0 with input as role([
		{
			"apiGroups": ["apps"],
			"resources": ["deployments"],
			"verbs": ["get", "list", "watch"],
		},
	])
}

test_reads_everything if count(check.deny) == 0 with input as role([{"apiGroups": ["*"], "resources": ["*"], "verbs": ["get"]}])

test_own_api if count(check.deny) == 0 with input as role([{"apiGroups": ["shop.example.com"], "resources": ["*"], "verbs": ["*"]}])

test_role_of_another_api if {
	count(check.deny) == 0 with input as {
		"apiVersion": "iam.example.com/v1",
		"kind": "ClusterRole",
		"metadata": {"name": "operator"},
		"rules": [{"apiGroups": ["*"], "resources": ["*"], "verbs": ["*"]}],
	}
}
