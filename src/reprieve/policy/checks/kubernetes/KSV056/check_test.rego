package builtin.kubernetes.KSV056_test

import rego.v1

import data.builtin.kubernetes.KSV056 as check

role(rules) := {
	"apiVersion": "rbac.authorization.k8s.io/v1",
	"kind": "ClusterRole",
	"metadata": {"name": "network-viewer"},
	"rules": rules,
}

test_policies if {
	count(check.deny) == 1 with input as role([
		{
			"apiGroups": ["networking.k8s.io"],
			"resources": ["networkpolicies"],
			"verbs": ["delete"],
		},
	])
}

test_services if count(check.deny) == 1 with input as role([{"apiGroups": [""], "resources": ["services", "endpoints"], "verbs": ["create"]}])

test_slices if {
	count(check.deny) == 1 with input as role([
		{
			"apiGroups": ["discovery.k8s.io"],
			"resources": ["endpointslices"],
			"verbs": ["patch"],
		},
	])
}

test_reads if {
	count(check.deny) == 0 with input as role([
		{
			"apiGroups": ["networking.k8s.io"],
			"resources": ["networkpolicies", "ingresses"],
			"verbs": ["get", "list"],
		},
	])
}

test_services_of_another_api if {
	count(check.deny) == 0 with input as role([
		{
			"apiGroups": ["serving.example.com"],
			"resources": ["services"],
			"verbs": ["create"],
		},
	])
}

test_role_of_another_api if {
	count(check.deny) == 0 with input as {
		"apiVersion": "iam.example.com/v1",
		"kind": "ClusterRole",
		"metadata": {"name": "network-viewer"},
		"rules": [
			{
				"apiGroups": ["networking.k8s.io"],
				"resources": ["networkpolicies"],
				"verbs": ["delete"],
			},
		],
	}
}
