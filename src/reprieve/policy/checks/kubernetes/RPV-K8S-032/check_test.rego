package builtin.kubernetes.RPV_K8S_032_test

import rego.v1

import data.builtin.kubernetes.RPV_K8S_032 as check

test_one_word if {
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
							"args": ["serve", "--db-password=not-a-real-one"],
						},
					],
				},
			},
		},
	}
}

test_two_words if {
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
							"command": ["serve", "--token", "example"],
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
							"args": ["serve", "--db-password-file=/run/secrets/db"],
						},
					],
				},
			},
		},
	}
}

test_variable if {
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
							"args": ["--token=$(TOKEN)", "--api-key", "${API_KEY}"],
						},
					],
				},
			},
		},
	}
}

test_switch if {
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
							"args": ["--password", "--verbose"],
						},
					],
				},
			},
		},
	}
}

test_last_word if {
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
							"args": ["--token"],
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
							"args": "--token=x",
							"command": [5, null],
						},
					],
				},
			},
		},
	}
}
