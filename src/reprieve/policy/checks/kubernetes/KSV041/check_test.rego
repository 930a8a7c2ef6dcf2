package builtin.kubernetes.KSV041_test

import rego.v1

import data.builtin.kubernetes.KSV041 as check

role(rules) := {
	"apiVersion": "rbac.authorization.k8s.io/v1",
	"kind": "ClusterRole",
	"metadata": {"name": "secret-reader"},
	"rules": rules,
}

test_reads_all if count(check.deny) == 1 with input as role([{"apiGroups": [""], "resources": ["secrets"], "verbs": ["get", "list"]}])

test_writes_all if count(check.deny) == 1 with input as role([{"apiGroups": [""], "resources": ["pods", "secrets"], "verbs": ["patch"]}])

test_any_verb if count(check.deny) == 1 with input as role([{"apiGroups": [""], "resources": ["secrets"], "verbs": ["*"]}])

test_any_group if count(check.deny) == 1 with input as role([{"apiGroups": ["*"], "resources": ["secrets"], "verbs": ["watch"]}])

test_named_secret if {
	count(check.deny) == 0 with input as role([
		{
			"apiGroups": [""],
			"resources": ["secrets"],
			"verbs": ["get"],
			"resourceNames": ["registry-login"],
		},
	])
}

test_other_resource if count(check.deny) == 0 with input as role([{"apiGroups": [""], "resources": ["configmaps"], "verbs": ["get"]}])

test_secrets_of_another_api if count(check.deny) == 0 with input as role([{"apiGroups": ["secrets.example.com"], "resources": ["secrets"], "verbs": ["get"]}])

test_role_of_another_api if {
	count(check.deny) == 0 with input as {
		"apiVersion": "iam.example.com/v1",
		"kind": "ClusterRole",
		"metadata": {"name": "secret-reader"},
		"rules": [{"apiGroups": [""], "resources": ["secrets"], "verbs": ["get", "list"]}],
	}
}
