package builtin.kubernetes.RPV_K8S_013_test

import rego.v1

import data.builtin.kubernetes.RPV_K8S_013 as check

test_no_tls if {
	count(check.deny) == 1 with input as {
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

test_empty if {
	count(check.deny) == 1 with input as {
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
			"tls": [],
		},
	}
}

test_switched_off if {
	count(check.deny) == 1 with input as {
		"apiVersion": "networking.k8s.io/v1",
		"kind": "Ingress",
		"metadata": {
			"name": "shop",
			"namespace": "shop",
			"annotations": {"traefik.ingress.kubernetes.io/router.tls": "false"},
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

test_tls if {
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
			"tls": [{"hosts": ["shop.example.com"], "secretName": "shop-tls"}],
		},
	}
}

test_certificate_of_the_cloud if {
	count(check.deny) == 0 with input as {
		"apiVersion": "networking.k8s.io/v1",
		"kind": "Ingress",
		"metadata": {
			"name": "shop",
			"namespace": "shop",
			"annotations": {"networking.gke.io/managed-certificates": "shop"},
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

test_other_kind if {
	count(check.deny) == 0 with input as {
		"apiVersion": "v1",
		"kind": "Service",
		"metadata": {"name": "shop", "namespace": "shop"},
		"spec": {"selector": {"app": "shop"}, "ports": [{"port": 443}]},
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
			"tls": [{}],
		},
	}
}
