package builtin.kubernetes.KSV0108_test

import rego.v1

import data.builtin.kubernetes.KSV0108 as check

test_address if {
	count(check.deny) == 1 with input as {
		"apiVersion": "v1",
		"kind": "Service",
		"metadata": {"name": "shop", "namespace": "shop"},
		"spec": {
			"selector": {"app": "shop"},
			"ports": [{"port": 443}],
			"externalIPs": ["192.0.2.10"],
		},
	}
}

test_two_addresses_are_one if {
	count(check.deny) == 1 with input as {
		"apiVersion": "v1",
		"kind": "Service",
		"metadata": {"name": "shop", "namespace": "shop"},
		"spec": {
			"selector": {"app": "shop"},
			"ports": [{"port": 443}],
			"externalIPs": ["192.0.2.10", "192.0.2.11"],
		},
	}
}

test_none if {
	count(check.deny) == 0 with input as {
		"apiVersion": "v1",
		"kind": "Service",
		"metadata": {"name": "shop", "namespace": "shop"},
		"spec": {"selector": {"app": "shop"}, "ports": [{"port": 443}]},
	}
}

test_empty if {
	count(check.deny) == 0 with input as {
		"apiVersion": "v1",
		"kind": "Service",
		"metadata": {"name": "shop", "namespace": "shop"},
		"spec": {"selector": {"app": "shop"}, "ports": [{"port": 443}], "externalIPs": []},
	}
}

test_fields_of_other_types if {
	count(check.deny) == 0 with input as {
		"apiVersion": "v1",
		"kind": "Service",
		"metadata": {"name": "shop", "namespace": "shop"},
		"spec": {"selector": {"app": "shop"}, "ports": [{"port": 443}], "externalIPs": "x"},
	}
}
