package builtin.kubernetes.RPV_K8S_010_test

import rego.v1

import data.builtin.kubernetes.RPV_K8S_010 as check

test_password if {
	count(check.deny) == 1 with input as {
		"apiVersion": "apps/v1",
		"kind": "Deployment",
		"metadata": {"name": "shop", "namespace": "shop"},
		"spec": {
			"selector": {"matchLabels": {"app": "shop"}},
			"template": {
				"metadata": {"labels": {"app": "shop"}},
				"spec": {
					"containers": [
						{
							"name": "api",
							"image": "registry.example.com/shop/api:1.4.2",
							"env": [{"name": "DB_PASSWORD", "value": "not-a-real-one"}],
						},
					],
				},
			},
		},
	}
}

test_password_in_an_address if {
	count(check.deny) == 1 with input as {
		"apiVersion": "apps/v1",
		"kind": "Deployment",
		"metadata": {"name": "shop", "namespace": "shop"},
		"spec": {
			"selector": {"matchLabels": {"app": "shop"}},
			"template": {
				"metadata": {"labels": {"app": "shop"}},
				"spec": {
					"containers": [
						{
							"name": "api",
							"image": "registry.example.com/shop/api:1.4.2",
							"env": [
								{
									"name": "DATABASE_URL",
									"value": "postgres://shop:example@db.example.com/shop",
								},
							],
						},
					],
				},
			},
		},
	}
}

test_two if {
	count(check.deny) == 2 with input as {
		"apiVersion": "apps/v1",
		"kind": "Deployment",
		"metadata": {"name": "shop", "namespace": "shop"},
		"spec": {
			"selector": {"matchLabels": {"app": "shop"}},
			"template": {
				"metadata": {"labels": {"app": "shop"}},
				"spec": {
					"containers": [
						{
							"name": "api",
							"image": "registry.example.com/shop/api:1.4.2",
							"env": [
								{"name": "API_KEY", "value": "example"},
								{"name": "AUTH_TOKEN", "value": "example"},
							],
						},
					],
				},
			},
		},
	}
}

test_reference if {
	count(check.deny) == 0 with input as {
		"apiVersion": "apps/v1",
		"kind": "Deployment",
		"metadata": {"name": "shop", "namespace": "shop"},
		"spec": {
			"selector": {"matchLabels": {"app": "shop"}},
			"template": {
				"metadata": {"labels": {"app": "shop"}},
				"spec": {
					"containers": [
						{
							"name": "api",
							"image": "registry.example.com/shop/api:1.4.2",
							"env": [
								{
									"name": "DB_PASSWORD",
									"valueFrom": {
										"secretKeyRef": {"name": "shop-db", "key": "password"},
									},
								},
							],
						},
					],
				},
			},
		},
	}
}

test_other_variable if {
	count(check.deny) == 0 with input as {
		"apiVersion": "apps/v1",
		"kind": "Deployment",
		"metadata": {"name": "shop", "namespace": "shop"},
		"spec": {
			"selector": {"matchLabels": {"app": "shop"}},
			"template": {
				"metadata": {"labels": {"app": "shop"}},
				"spec": {
					"containers": [
						{
							"name": "api",
							"image": "registry.example.com/shop/api:1.4.2",
							"env": [
								{"name": "PASSWORD_FILE", "value": "/run/secrets/db"},
								{"name": "DB_PASSWORD", "value": "$(FROM_VAULT)"},
							],
						},
					],
				},
			},
		},
	}
}

test_empty if {
	count(check.deny) == 0 with input as {
		"apiVersion": "apps/v1",
		"kind": "Deployment",
		"metadata": {"name": "shop", "namespace": "shop"},
		"spec": {
			"selector": {"matchLabels": {"app": "shop"}},
			"template": {
				"metadata": {"labels": {"app": "shop"}},
				"spec": {
					"containers": [
						{
							"name": "api",
							"image": "registry.example.com/shop/api:1.4.2",
							"env": [{"name": "DB_PASSWORD", "value": ""}],
						},
					],
				},
			},
		},
	}
}

test_fields_of_other_types if {
	count(check.deny) == 0 with input as {
		"apiVersion": "apps/v1",
		"kind": "Deployment",
		"metadata": {"name": "shop", "namespace": "shop"},
		"spec": {
			"selector": {"matchLabels": {"app": "shop"}},
			"template": {
				"metadata": {"labels": {"app": "shop"}},
				"spec": {
					"containers": [
						{
							"name": "api",
							"image": "registry.example.com/shop/api:1.4.2",
							"env": "x",
						},
					],
				},
			},
		},
	}
}

test_fields_of_other_types if {
	count(check.deny) == 0 with input as {
		"apiVersion": "apps/v1",
		"kind": "Deployment",
		"metadata": {"name": "shop", "namespace": "shop"},
		"spec": {
			"selector": {"matchLabels": {"app": "shop"}},
			"template": {
				"metadata": {"labels": {"app": "shop"}},
				"spec": {
					"containers": [
						{
							"name": "api",
							"image": "registry.example.com/shop/api:1.4.2",
							"env": [null, {"name": 5, "value": 5}, {"value": "x"}],
						},
					],
				},
			},
		},
	}
}
