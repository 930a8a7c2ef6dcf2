package builtin.kubernetes.RPV_K8S_021_test

import rego.v1

import data.builtin.kubernetes.RPV_K8S_021 as check

role(rules) := {
	"apiVersion": "rbac.authorization.k8s.io/v1",
	"kind": "ClusterRole",
	"metadata": {"name": "certificate-user"},
	"rules": rules,
}

test_updates if {
	count(check.deny) == 1 with input as role([
		{
			"apiGroups": ["certificates.k8s.io"],
			"resources": ["certificatesigningrequests/approval"],
			"verbs": ["update"],
		},
	])
}

test_any_verb if count(check.deny) == 1 with input as role([{"apiGroups": ["certificates.k8s.io"], "resources": ["*"], "verbs": ["*"]}])

test_requests if {
	count(check.deny) == 0 with input as role([
		{
			"apiGroups": ["certificates.k8s.io"],
			"resources": ["certificatesigningrequests"],
			"verbs": ["create", "get"],
		},
	])
}

test_role_of_another_api if {
	count(check.deny) == 0 with input as {
		"apiVersion": "iam.example.com/v1",
		"kind": "ClusterRole",
		"metadata": {"name": "certificate-user"},
		"rules": [
			{
				"apiGroups": ["certificates.k8s.io"],
				"resources": ["certificatesigningrequests/approval"],
				"verbs": ["update"],
			},
		],
	}
}
