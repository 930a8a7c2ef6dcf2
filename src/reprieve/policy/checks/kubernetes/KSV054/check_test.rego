package builtin.kubernetes.KSV054_test

import rego.v1

import data.builtin.kubernetes.KSV054 as check

role(rules) := {
	"apiVersion": "rbac.authorization.k8s.io/v1",
	"kind": "ClusterRole",
	"metadata": {"name": "on-call"},
	"rules": rules,
}

test_creates if count(check.deny) == 1 with input as role([{"apiGroups": [""], "resources": ["pods/attach"], "verbs": ["create"]}])

test_any_verb if count(check.deny) == 1 with input as role([{"apiGroups": [""], "resources": ["pods/attach"], "verbs": ["*"]}])

test_logs if count(check.deny) == 0 with input as role([{"apiGroups": [""], "resources": ["pods/log"], "verbs": ["get"]}])

test_pods_only if count(check.deny) == 0 with input as role([{"apiGroups": [""], "resources": ["pods"], "verbs": ["get", "list"]}])

test_role_of_another_api if {
	count(check.deny) == 0 with input as {
		"apiVersion": "iam.example.com/v1",
		"kind": "ClusterRole",
		"metadata": {"name": "on-call"},
		"rules": [{"apiGroups": [""], "resources": ["pods/attach"], "verbs": ["create"]}],
	}
}
