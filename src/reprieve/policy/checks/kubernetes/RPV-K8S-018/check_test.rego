package builtin.kubernetes.RPV_K8S_018_test

import rego.v1

import data.builtin.kubernetes.RPV_K8S_018 as check

role(rules) := {
	"apiVersion": "rbac.authorization.k8s.io/v1",
	"kind": "ClusterRole",
	"metadata": {"name": "on-call"},
	"rules": rules,
}

test_patches if count(check.deny) == 1 with input as role([{"apiGroups": [""], "resources": ["pods/ephemeralcontainers"], "verbs": ["patch"]}])

test_any_verb if count(check.deny) == 1 with input as role([{"apiGroups": [""], "resources": ["pods/ephemeralcontainers"], "verbs": ["*"]}])

test_reads if count(check.deny) == 0 with input as role([{"apiGroups": [""], "resources": ["pods/ephemeralcontainers"], "verbs": ["get"]}])

test_named_pod if {
	count(check.deny) == 0 with input as role([
		{
			"apiGroups": [""],
			"resources": ["pods/ephemeralcontainers"],
			"verbs": ["patch"],
			"resourceNames": ["shop-debug"],
		},
	])
}

test_role_of_another_api if {
	count(check.deny) == 0 with input as {
		"apiVersion": "iam.example.com/v1",
		"kind": "ClusterRole",
		"metadata": {"name": "on-call"},
		"rules": [
			{
				"apiGroups": [""],
				"resources": ["pods/ephemeralcontainers"],
				"verbs": ["patch"],
			},
		],
	}
}
