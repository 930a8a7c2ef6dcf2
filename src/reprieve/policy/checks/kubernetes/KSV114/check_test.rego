package builtin.kubernetes.KSV114_test

import rego.v1

import data.builtin.kubernetes.KSV114 as check

role(rules) := {
	"apiVersion": "rbac.authorization.k8s.io/v1",
	"kind": "ClusterRole",
	"metadata": {"name": "webhook-controller"},
	"rules": rules,
}

test_creates if {
	count(check.deny) == 1 with input as role([
		{
			"apiGroups": ["admissionregistration.k8s.io"],
			"resources": ["mutatingwebhookconfigurations"],
			"verbs": ["create"],
		},
	])
}

test_deletes if {
	count(check.deny) == 1 with input as role([
		{
			"apiGroups": ["admissionregistration.k8s.io"],
			"resources": ["validatingwebhookconfigurations"],
			"verbs": ["delete"],
		},
	])
}

test_any_verb if {
	count(check.deny) == 1 with input as role([
		{
			"apiGroups": ["admissionregistration.k8s.io"],
			"resources": ["*"],
			"verbs": ["*"],
		},
	])
}

test_own_webhook if {
	count(check.deny) == 0 with input as role([
		{
			"apiGroups": ["admissionregistration.k8s.io"],
			"resources": ["validatingwebhookconfigurations"],
			"verbs": ["patch"],
			"resourceNames": ["shop-policy"],
		},
	])
}

test_reads if {
	count(check.deny) == 0 with input as role([
		{
			"apiGroups": ["admissionregistration.k8s.io"],
			"resources": ["mutatingwebhookconfigurations"],
			"verbs": ["get", "list"],
		},
	])
}

test_role_of_another_api if {
	count(check.deny) == 0 with input as {
		"apiVersion": "iam.example.com/v1",
		"kind": "ClusterRole",
		"metadata": {"name": "webhook-controller"},
		"rules": [
			{
				"apiGroups": ["admissionregistration.k8s.io"],
				"resources": ["mutatingwebhookconfigurations"],
				"verbs": ["create"],
			},
		],
	}
}
