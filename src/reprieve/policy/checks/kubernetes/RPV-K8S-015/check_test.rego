package builtin.kubernetes.RPV_K8S_015_test

import rego.v1

import data.builtin.kubernetes.RPV_K8S_015 as check

test_ignore if {
	count(check.deny) == 1 with input as {
		"apiVersion": "admissionregistration.k8s.io/v1",
		"kind": "ValidatingWebhookConfiguration",
		"metadata": {"name": "shop"},
		"webhooks": [
			{
				"name": "policy.example.com",
				"admissionReviewVersions": ["v1"],
				"sideEffects": "None",
				"clientConfig": {"service": {"name": "policy", "namespace": "policy"}},
				"failurePolicy": "Ignore",
			},
		],
	}
}

test_mutating if {
	count(check.deny) == 1 with input as {
		"apiVersion": "admissionregistration.k8s.io/v1",
		"kind": "MutatingWebhookConfiguration",
		"metadata": {"name": "shop"},
		"webhooks": [
			{
				"name": "policy.example.com",
				"admissionReviewVersions": ["v1"],
				"sideEffects": "None",
				"clientConfig": {"service": {"name": "policy", "namespace": "policy"}},
				"failurePolicy": "Ignore",
			},
		],
	}
}

test_one_of_two if {
	count(check.deny) == 1 with input as {
		"apiVersion": "admissionregistration.k8s.io/v1",
		"kind": "ValidatingWebhookConfiguration",
		"metadata": {"name": "shop"},
		"webhooks": [
			{
				"name": "policy.example.com",
				"admissionReviewVersions": ["v1"],
				"sideEffects": "None",
				"clientConfig": {"service": {"name": "policy", "namespace": "policy"}},
				"failurePolicy": "Ignore",
			},
			{
				"name": "policy.example.com",
				"admissionReviewVersions": ["v1"],
				"sideEffects": "None",
				"clientConfig": {"service": {"name": "policy", "namespace": "policy"}},
				"failurePolicy": "Fail",
			},
		],
	}
}

test_fail if {
	count(check.deny) == 0 with input as {
		"apiVersion": "admissionregistration.k8s.io/v1",
		"kind": "ValidatingWebhookConfiguration",
		"metadata": {"name": "shop"},
		"webhooks": [
			{
				"name": "policy.example.com",
				"admissionReviewVersions": ["v1"],
				"sideEffects": "None",
				"clientConfig": {"service": {"name": "policy", "namespace": "policy"}},
				"failurePolicy": "Fail",
			},
		],
	}
}

test_left_to_kubernetes if {
	count(check.deny) == 0 with input as {
		"apiVersion": "admissionregistration.k8s.io/v1",
		"kind": "ValidatingWebhookConfiguration",
		"metadata": {"name": "shop"},
		"webhooks": [
			{
				"name": "policy.example.com",
				"admissionReviewVersions": ["v1"],
				"sideEffects": "None",
				"clientConfig": {"service": {"name": "policy", "namespace": "policy"}},
			},
		],
	}
}

test_fields_of_other_types if {
	count(check.deny) == 0 with input as {
		"apiVersion": "admissionregistration.k8s.io/v1",
		"kind": "ValidatingWebhookConfiguration",
		"metadata": {"name": "shop"},
		"webhooks": "x",
	}
}

test_fields_of_other_types if {
	count(check.deny) == 0 with input as {
		"apiVersion": "admissionregistration.k8s.io/v1",
		"kind": "ValidatingWebhookConfiguration",
		"metadata": {"name": "shop"},
		"webhooks": [null, {"failurePolicy": 5}],
	}
}
