package builtin.kubernetes.KSV047_test

import rego.v1

import data.builtin.kubernetes.KSV047 as check

role(rules) := {
	"apiVersion": "rbac.authorization.k8s.io/v1",
	"kind": "ClusterRole",
	"metadata": {"name": "monitoring"},
	"rules": rules,
}

test_proxy if count(check.deny) == 1 with input as role([{"apiGroups": [""], "resources": ["nodes", "nodes/proxy"], "verbs": ["get"]}])

test_proxy_of_anything if count(check.deny) == 1 with input as role([{"apiGroups": [""], "resources": ["*/proxy"], "verbs": ["create"]}])

test_metrics if count(check.deny) == 0 with input as role([{"apiGroups": [""], "resources": ["nodes/metrics"], "verbs": ["get"]}])

test_services_proxy if count(check.deny) == 0 with input as role([{"apiGroups": [""], "resources": ["services/proxy"], "verbs": ["get"]}])

test_role_of_another_api if {
	count(check.deny) == 0 with input as {
		"apiVersion": "iam.example.com/v1",
		"kind": "ClusterRole",
		"metadata": {"name": "monitoring"},
		"rules": [{"apiGroups": [""], "resources": ["nodes", "nodes/proxy"], "verbs": ["get"]}],
	}
}
