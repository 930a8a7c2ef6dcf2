package builtin.kubernetes.RPV_K8S_029_test

import rego.v1

import data.builtin.kubernetes.RPV_K8S_029 as check

test_skips if {
	count(check.deny) == 1 with input as {
		"apiVersion": "apiregistration.k8s.io/v1",
		"kind": "APIService",
		"metadata": {"name": "v1.metrics.example.com"},
		"spec": {
			"group": "metrics.example.com",
			"version": "v1",
			"groupPriorityMinimum": 100,
			"versionPriority": 100,
			"service": {"name": "metrics", "namespace": "monitoring"},
			"insecureSkipTLSVerify": true,
		},
	}
}

test_checks if {
	count(check.deny) == 0 with input as {
		"apiVersion": "apiregistration.k8s.io/v1",
		"kind": "APIService",
		"metadata": {"name": "v1.metrics.example.com"},
		"spec": {
			"group": "metrics.example.com",
			"version": "v1",
			"groupPriorityMinimum": 100,
			"versionPriority": 100,
			"service": {"name": "metrics", "namespace": "monitoring"},
			"insecureSkipTLSVerify": false,
		},
	}
}

test_not_set if {
	count(check.deny) == 0 with input as {
		"apiVersion": "apiregistration.k8s.io/v1",
		"kind": "APIService",
		"metadata": {"name": "v1.metrics.example.com"},
		"spec": {
			"group": "metrics.example.com",
			"version": "v1",
			"groupPriorityMinimum": 100,
			"versionPriority": 100,
			"service": {"name": "metrics", "namespace": "monitoring"},
		},
	}
}

test_fields_of_other_types if {
	count(check.deny) == 0 with input as {
		"apiVersion": "v1",
		"kind": "APIService",
		"metadata": {"name": "shop", "namespace": "shop"},
		"spec": "x",
	}
}
