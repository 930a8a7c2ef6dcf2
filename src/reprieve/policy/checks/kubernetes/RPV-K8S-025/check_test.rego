package builtin.kubernetes.RPV_K8S_025_test

import rego.v1

import data.builtin.kubernetes.RPV_K8S_025 as check

test_no_account if {
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

test_default_account if {
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
					"serviceAccountName": "default",
				},
			},
		},
	}
}

test_account_of_another_type if {
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
					"serviceAccountName": 5,
				},
			},
		},
	}
}

test_own_account if {
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
					"serviceAccountName": "shop-api",
				},
			},
		},
	}
}

test_older_spelling if {
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
					"serviceAccount": "shop-api",
				},
			},
		},
	}
}

test_no_token if {
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
