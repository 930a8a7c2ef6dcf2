package builtin.kubernetes.KSV102_test

import rego.v1

import data.builtin.kubernetes.KSV102 as check

test_deployment if {
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
							"image": "registry.example.com/kubernetes-helm/tiller:v2.16.1",
						},
					],
				},
			},
		},
	}
}

test_by_digest if {
	count(check.deny) == 1 with input as {
		"apiVersion": "apps/v1",
		"kind": "Deployment",
		"metadata": {"name": "shop", "namespace": "shop"},
		"spec": {
			"selector": {"matchLabels": {"app": "shop"}},
			"template": {
				"metadata": {"labels": {"app": "shop"}},
				"spec": {
					"containers": [{"name": "api", "image": "ghcr.io/helm/tiller@sha256:0000"}],
				},
			},
		},
	}
}

test_service if {
	count(check.deny) == 1 with input as {
		"apiVersion": "v1",
		"kind": "Service",
		"metadata": {
			"name": "tiller-deploy",
			"namespace": "shop",
			"labels": {"app": "helm", "name": "tiller"},
		},
		"spec": {"ports": [{"port": 44134}]},
	}
}

test_other_image if {
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

test_image_that_only_mentions_it if {
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
							"image": "registry.example.com/tiller-migration/tool:1.0",
						},
					],
				},
			},
		},
	}
}

test_other_service if {
	count(check.deny) == 0 with input as {
		"apiVersion": "v1",
		"kind": "Service",
		"metadata": {"name": "shop", "namespace": "shop", "labels": {"app": "helm"}},
		"spec": {},
	}
}

test_image_of_another_type if {
	count(check.deny) == 0 with input as {
		"apiVersion": "apps/v1",
		"kind": "Deployment",
		"metadata": {"name": "shop", "namespace": "shop"},
		"spec": {
			"selector": {"matchLabels": {"app": "shop"}},
			"template": {
				"metadata": {"labels": {"app": "shop"}},
				"spec": {"containers": [{"name": "api", "image": 5}]},
			},
		},
	}
}
