package builtin.kubernetes.RPV_K8S_028_test

import rego.v1

import data.builtin.kubernetes.RPV_K8S_028 as check

test_snippet if {
	count(check.deny) == 1 with input as {
		"apiVersion": "networking.k8s.io/v1",
		"kind": "Ingress",
		"metadata": {
			"name": "shop",
			"namespace": "shop",
			"annotations": {
				"nginx.ingress.kubernetes.io/configuration-snippet": "more_set_headers \"X-Shop: 1\";",
			},
		},
		"spec": {
			"rules": [
				{
					"host": "shop.example.com",
					"http": {
						"paths": [
							{
								"path": "/",
								"pathType": "Prefix",
								"backend": {"service": {"name": "shop", "port": {"number": 8080}}},
							},
						],
					},
				},
			],
		},
	}
}

test_other_controller if {
	count(check.deny) == 1 with input as {
		"apiVersion": "networking.k8s.io/v1",
		"kind": "Ingress",
		"metadata": {
			"name": "shop",
			"namespace": "shop",
			"annotations": {"nginx.org/server-snippets": "location /x {}"},
		},
		"spec": {
			"rules": [
				{
					"host": "shop.example.com",
					"http": {
						"paths": [
							{
								"path": "/",
								"pathType": "Prefix",
								"backend": {"service": {"name": "shop", "port": {"number": 8080}}},
							},
						],
					},
				},
			],
		},
	}
}

test_single_setting if {
	count(check.deny) == 0 with input as {
		"apiVersion": "networking.k8s.io/v1",
		"kind": "Ingress",
		"metadata": {
			"name": "shop",
			"namespace": "shop",
			"annotations": {"nginx.ingress.kubernetes.io/proxy-body-size": "8m"},
		},
		"spec": {
			"rules": [
				{
					"host": "shop.example.com",
					"http": {
						"paths": [
							{
								"path": "/",
								"pathType": "Prefix",
								"backend": {"service": {"name": "shop", "port": {"number": 8080}}},
							},
						],
					},
				},
			],
		},
	}
}

test_no_annotations if {
	count(check.deny) == 0 with input as {
		"apiVersion": "networking.k8s.io/v1",
		"kind": "Ingress",
		"metadata": {"name": "shop", "namespace": "shop"},
		"spec": {
			"rules": [
				{
					"host": "shop.example.com",
					"http": {
						"paths": [
							{
								"path": "/",
								"pathType": "Prefix",
								"backend": {"service": {"name": "shop", "port": {"number": 8080}}},
							},
						],
					},
				},
			],
		},
	}
}

test_fields_of_other_types if {
	count(check.deny) == 0 with input as {
		"apiVersion": "networking.k8s.io/v1",
		"kind": "Ingress",
		"metadata": {"name": "shop", "namespace": "shop", "annotations": ["x"]},
		"spec": {
			"rules": [
				{
					"host": "shop.example.com",
					"http": {
						"paths": [
							{
								"path": "/",
								"pathType": "Prefix",
								"backend": {"service": {"name": "shop", "port": {"number": 8080}}},
							},
						],
					},
				},
			],
		},
	}
}

test_fields_of_other_types if {
	count(check.deny) == 0 with input as {
		"apiVersion": "networking.k8s.io/v1",
		"kind": "Ingress",
		"metadata": {"name": "shop", "namespace": "shop", "annotations": "x"},
		"spec": {
			"rules": [
				{
					"host": "shop.example.com",
					"http": {
						"paths": [
							{
								"path": "/",
								"pathType": "Prefix",
								"backend": {"service": {"name": "shop", "port": {"number": 8080}}},
							},
						],
					},
				},
			],
		},
	}
}
