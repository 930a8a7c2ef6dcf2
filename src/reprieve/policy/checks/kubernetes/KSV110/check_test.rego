package builtin.kubernetes.KSV110_test

import rego.v1

import data.builtin.kubernetes.KSV110 as check

test_default if {
	count(check.deny) == 1 with input as {
		"apiVersion": "apps/v1",
		"kind": "Deployment",
		"metadata": {"name": "shop", "namespace": "default"},
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

test_no_namespace if {
	count(check.deny) == 1 with input as {
		"apiVersion": "apps/v1",
		"kind": "Deployment",
		"metadata": {"name": "shop"},
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

test_own_namespace if {
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
				},
			},
		},
	}
}

test_other_kind if {
	count(check.deny) == 0 with input as {
		"apiVersion": "v1",
		"kind": "ConfigMap",
		"metadata": {"name": "shop", "namespace": "default"},
	}
}
