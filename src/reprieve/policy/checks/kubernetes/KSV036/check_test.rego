package builtin.kubernetes.KSV036_test

import rego.v1

import data.builtin.kubernetes.KSV036 as check

test_not_set if {
	count(check.deny) == 1 with input as {
		"apiVersion": "apps/v1",
		"kind": "Deployment",
		"metadata": {"name": "shop", "namespace": "shop"},
		"spec": {
			"selector": {"matchLabels": {"app": "shop"}},
			"template": {
				"metadata": {"labels": {"app": "shop"}},
				"spec": {
					"containers": [{"name": "api", "image": "registry.example.com/shop/api:1.4.2"}],
				},
			},
		},
	}
}

test_set_to_true if {
	count(check.deny) == 1 with input as {
		"apiVersion": "apps/v1",
		"kind": "Deployment",
		"metadata": {"name": "shop", "namespace": "shop"},
		"spec": {
			"selector": {"matchLabels": {"app": "shop"}},
			"template": {
				"metadata": {"labels": {"app": "shop"}},
				"spec": {
					"containers": [{"name": "api", "image": "registry.example.com/shop/api:1.4.2"}],
					"automountServiceAccountToken": true,
				},
			},
		},
	}
}

test_pod if {
	count(check.deny) == 1 with input as {
		"apiVersion": "v1",
		"kind": "Pod",
		"metadata": {"name": "shop", "namespace": "shop"},
		"spec": {
			"containers": [{"name": "api", "image": "registry.example.com/shop/api:1.4.2"}],
		},
	}
}

test_set_to_false if {
	count(check.deny) == 0 with input as {
		"apiVersion": "apps/v1",
		"kind": "Deployment",
		"metadata": {"name": "shop", "namespace": "shop"},
		"spec": {
			"selector": {"matchLabels": {"app": "shop"}},
			"template": {
				"metadata": {"labels": {"app": "shop"}},
				"spec": {
					"containers": [{"name": "api", "image": "registry.example.com/shop/api:1.4.2"}],
					"automountServiceAccountToken": false,
				},
			},
		},
	}
}

test_other_kind if {
	count(check.deny) == 0 with input as {
		"apiVersion": "v1",
		"kind": "Service",
		"metadata": {"name": "shop", "namespace": "shop"},
		"spec": {"ports": [{"port": 80}]},
	}
}
