package builtin.kubernetes.RPV_K8S_031_test

import rego.v1

import data.builtin.kubernetes.RPV_K8S_031 as check

test_one_key if {
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

test_whole_secret if {
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
							"envFrom": [{"secretRef": {"name": "shop-db"}}],
						},
					],
				},
			},
		},
	}
}

test_file if {
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
							"volumeMounts": [
								{
									"name": "db",
									"mountPath": "/run/secrets/db",
									"readOnly": true,
								},
							],
						},
					],
					"volumes": [{"name": "db", "secret": {"secretName": "shop-db"}}],
				},
			},
		},
	}
}

test_config_map if {
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
							"envFrom": [{"configMapRef": {"name": "shop"}}],
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
							"env": [{"valueFrom": "x"}],
							"envFrom": "x",
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
							"env": [{"valueFrom": {"secretKeyRef": 5}}],
							"envFrom": [{"secretRef": null}],
						},
					],
				},
			},
		},
	}
}
