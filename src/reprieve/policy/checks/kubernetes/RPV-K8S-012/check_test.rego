package builtin.kubernetes.RPV_K8S_012_test

import rego.v1

import data.builtin.kubernetes.RPV_K8S_012 as check

test_node_port if {
	count(check.deny) == 1 with input as {
		"apiVersion": "v1",
		"kind": "Service",
		"metadata": {"name": "shop", "namespace": "shop"},
		"spec": {"selector": {"app": "shop"}, "ports": [{"port": 443}], "type": "NodePort"},
	}
}

test_cluster_address if {
	count(check.deny) == 0 with input as {
		"apiVersion": "v1",
		"kind": "Service",
		"metadata": {"name": "shop", "namespace": "shop"},
		"spec": {"selector": {"app": "shop"}, "ports": [{"port": 443}], "type": "ClusterIP"},
	}
}

test_no_type if {
	count(check.deny) == 0 with input as {
		"apiVersion": "v1",
		"kind": "Service",
		"metadata": {"name": "shop", "namespace": "shop"},
		"spec": {"selector": {"app": "shop"}, "ports": [{"port": 443}]},
	}
}

test_fields_of_other_types if {
	count(check.deny) == 0 with input as {
		"apiVersion": "v1",
		"kind": "Service",
		"metadata": {"name": "shop", "namespace": "shop"},
		"spec": {"selector": {"app": "shop"}, "ports": [{"port": 443}], "type": 5},
	}
}

test_fields_of_other_types if {
	count(check.deny) == 0 with input as {
		"apiVersion": "v1",
		"kind": "Service",
		"metadata": {"name": "shop", "namespace": "shop"},
		"spec": "x",
	}
}
