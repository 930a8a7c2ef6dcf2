package builtin.kubernetes.KSV048_test

import rego.v1

import data.builtin.kubernetes.KSV048 as check

role(rules) := {
	"apiVersion": "rbac.authorization.k8s.io/v1",
	"kind": "ClusterRole",
	"metadata": {"name": "deployer"},
	"rules": rules,
}

test_creates_pods if count(check.deny) == 1 with input as role([{"apiGroups": [""], "resources": ["pods"], "verbs": ["get", "create"]}])

test_patches_deployments if count(check.deny) == 1 with input as role([{"apiGroups": ["apps"], "resources": ["deployments"], "verbs": ["patch"]}])

test_any_verb if count(check.deny) == 1 with input as role([{"apiGroups": ["batch"], "resources": ["jobs"], "verbs": ["*"]}])

test_whole_group if count(check.deny) == 1 with input as role([{"apiGroups": ["apps"], "resources": ["*"], "verbs": ["update"]}])

test_reads if {
	count(check.deny) == 0 with input as role([
		{
			"apiGroups": ["apps"],
			"resources": ["deployments"],
			"verbs": ["get", "list", "watch"],
		},
	])
}

test_named_deployment if {
	count(check.deny) == 0 with input as role([
		{
			"apiGroups": ["apps"],
			"resources": ["deployments"],
			"verbs": ["patch"],
			"resourceNames": ["shop"],
		},
	])
}

test_scales if count(check.deny) == 0 with input as role([{"apiGroups": ["apps"], "resources": ["deployments/scale"], "verbs": ["patch"]}])

test_deletes if count(check.deny) == 0 with input as role([{"apiGroups": [""], "resources": ["pods"], "verbs": ["delete"]}])

test_role_of_another_api if {
	count(check.deny) == 0 with input as {
		"apiVersion": "iam.example.com/v1",
		"kind": "ClusterRole",
		"metadata": {"name": "deployer"},
		"rules": [{"apiGroups": [""], "resources": ["pods"], "verbs": ["get", "create"]}],
	}
}
