package builtin.kubernetes.KSV042_test

import rego.v1

import data.builtin.kubernetes.KSV042 as check

role(rules) := {
	"apiVersion": "rbac.authorization.k8s.io/v1",
	"kind": "ClusterRole",
	"metadata": {"name": "log-reader"},
	"rules": rules,
}

test_deletes if count(check.deny) == 1 with input as role([{"apiGroups": [""], "resources": ["pods/log"], "verbs": ["get", "delete"]}])

test_deletes_all if count(check.deny) == 1 with input as role([{"apiGroups": [""], "resources": ["pods/log"], "verbs": ["deletecollection"]}])

test_any_verb if count(check.deny) == 1 with input as role([{"apiGroups": [""], "resources": ["pods/log"], "verbs": ["*"]}])

test_reads if count(check.deny) == 0 with input as role([{"apiGroups": [""], "resources": ["pods/log"], "verbs": ["get"]}])

test_deletes_pods if count(check.deny) == 0 with input as role([{"apiGroups": [""], "resources": ["pods"], "verbs": ["delete"]}])

test_role_of_another_api if {
	count(check.deny) == 0 with input as {
		"apiVersion": "iam.example.com/v1",
		"kind": "ClusterRole",
		"metadata": {"name": "log-reader"},
		"rules": [{"apiGroups": [""], "resources": ["pods/log"], "verbs": ["get", "delete"]}],
	}
}
