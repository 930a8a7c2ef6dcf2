package builtin.kubernetes.KSV037_test

import rego.v1

import data.builtin.kubernetes.KSV037 as check

test_deployment if {
	count(check.deny) == 1 with input as {
		"apiVersion": "apps/v1",
		"kind": "Deployment",
		"metadata": {"name": "shop", "namespace": "kube-system"},
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

test_config_map if {
	count(check.deny) == 1 with input as {
		"apiVersion": "v1",
		"kind": "ConfigMap",
		"metadata": {"name": "shop", "namespace": "kube-system"},
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

test_control_plane if {
	count(check.deny) == 0 with input as {
		"apiVersion": "v1",
		"kind": "Pod",
		"metadata": {
			"name": "kube-apiserver",
			"namespace": "kube-system",
			"labels": {"component": "kube-apiserver", "tier": "control-plane"},
		},
		"spec": {"containers": []},
	}
}

test_add_on if {
	count(check.deny) == 0 with input as {
		"apiVersion": "v1",
		"kind": "Service",
		"metadata": {
			"name": "kube-dns",
			"namespace": "kube-system",
			"labels": {"k8s-app": "kube-dns"},
		},
		"spec": {},
	}
}

test_role_binding if {
	count(check.deny) == 0 with input as {
		"apiVersion": "rbac.authorization.k8s.io/v1",
		"kind": "RoleBinding",
		"metadata": {"name": "shop", "namespace": "kube-system"},
	}
}

test_no_namespace if count(check.deny) == 0 with input as {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "shop"}}

test_metadata_of_another_type if count(check.deny) == 0 with input as {"apiVersion": "v1", "kind": "ConfigMap", "metadata": "x"}
