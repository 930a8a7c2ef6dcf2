package builtin.kubernetes.RPV_K8S_011_test

import rego.v1

import data.builtin.kubernetes.RPV_K8S_011 as check

test_no_ranges if {
	count(check.deny) == 1 with input as {
		"apiVersion": "v1",
		"kind": "Service",
		"metadata": {"name": "shop", "namespace": "shop"},
		"spec": {"selector": {"app": "shop"}, "ports": [{"port": 443}], "type": "LoadBalancer"},
	}
}

test_range_of_everything if {
	count(check.deny) == 1 with input as {
		"apiVersion": "v1",
		"kind": "Service",
		"metadata": {"name": "shop", "namespace": "shop"},
		"spec": {
			"selector": {"app": "shop"},
			"ports": [{"port": 443}],
			"type": "LoadBalancer",
			"loadBalancerSourceRanges": ["0.0.0.0/0"],
		},
	}
}

test_public_by_annotation if {
	count(check.deny) == 1 with input as {
		"apiVersion": "v1",
		"kind": "Service",
		"metadata": {
			"name": "shop",
			"namespace": "shop",
			"annotations": {"service.beta.kubernetes.io/aws-load-balancer-scheme": "internet-facing"},
		},
		"spec": {"selector": {"app": "shop"}, "ports": [{"port": 443}], "type": "LoadBalancer"},
	}
}

test_ranges if {
	count(check.deny) == 0 with input as {
		"apiVersion": "v1",
		"kind": "Service",
		"metadata": {"name": "shop", "namespace": "shop"},
		"spec": {
			"selector": {"app": "shop"},
			"ports": [{"port": 443}],
			"type": "LoadBalancer",
			"loadBalancerSourceRanges": ["192.0.2.0/24"],
		},
	}
}

test_internal if {
	count(check.deny) == 0 with input as {
		"apiVersion": "v1",
		"kind": "Service",
		"metadata": {
			"name": "shop",
			"namespace": "shop",
			"annotations": {"networking.gke.io/load-balancer-type": "Internal"},
		},
		"spec": {"selector": {"app": "shop"}, "ports": [{"port": 443}], "type": "LoadBalancer"},
	}
}

test_internal_on_aws if {
	count(check.deny) == 0 with input as {
		"apiVersion": "v1",
		"kind": "Service",
		"metadata": {
			"name": "shop",
			"namespace": "shop",
			"annotations": {"service.beta.kubernetes.io/aws-load-balancer-scheme": "internal"},
		},
		"spec": {"selector": {"app": "shop"}, "ports": [{"port": 443}], "type": "LoadBalancer"},
	}
}

test_internal_on_azure if {
	count(check.deny) == 0 with input as {
		"apiVersion": "v1",
		"kind": "Service",
		"metadata": {
			"name": "shop",
			"namespace": "shop",
			"annotations": {"service.beta.kubernetes.io/azure-load-balancer-internal": "true"},
		},
		"spec": {"selector": {"app": "shop"}, "ports": [{"port": 443}], "type": "LoadBalancer"},
	}
}

test_ranges_by_annotation if {
	count(check.deny) == 0 with input as {
		"apiVersion": "v1",
		"kind": "Service",
		"metadata": {
			"name": "shop",
			"namespace": "shop",
			"annotations": {"service.beta.kubernetes.io/load-balancer-source-ranges": "192.0.2.0/24"},
		},
		"spec": {"selector": {"app": "shop"}, "ports": [{"port": 443}], "type": "LoadBalancer"},
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

test_fields_of_other_types if {
	count(check.deny) == 0 with input as {
		"apiVersion": "v1",
		"kind": "Service",
		"metadata": {"name": "shop", "namespace": "shop", "annotations": "x"},
		"spec": {
			"selector": {"app": "shop"},
			"ports": [{"port": 443}],
			"type": 5,
			"loadBalancerSourceRanges": "x",
		},
	}
}

test_fields_of_other_types if {
	count(check.deny) == 0 with input as {
		"apiVersion": "v1",
		"kind": "Service",
		"metadata": {
			"name": "shop",
			"namespace": "shop",
			"annotations": {"networking.gke.io/load-balancer-type": "Internal", "x": 5},
		},
		"spec": {"selector": {"app": "shop"}, "ports": [{"port": 443}], "type": "LoadBalancer"},
	}
}
