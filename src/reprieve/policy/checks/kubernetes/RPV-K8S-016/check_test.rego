package builtin.kubernetes.RPV_K8S_016_test

import rego.v1

import data.builtin.kubernetes.RPV_K8S_016 as check

test_egress_left_out if {
	count(check.deny) == 1 with input as {
		"apiVersion": "networking.k8s.io/v1",
		"kind": "NetworkPolicy",
		"metadata": {"name": "shop", "namespace": "shop"},
		"spec": {
			"podSelector": {},
			"policyTypes": ["Ingress"],
			"egress": [{"ports": [{"port": 53, "protocol": "UDP"}]}],
		},
	}
}

test_ingress_left_out if {
	count(check.deny) == 1 with input as {
		"apiVersion": "networking.k8s.io/v1",
		"kind": "NetworkPolicy",
		"metadata": {"name": "shop", "namespace": "shop"},
		"spec": {
			"podSelector": {},
			"policyTypes": ["Egress"],
			"ingress": [{"from": [{"podSelector": {}}]}],
		},
	}
}

test_named if {
	count(check.deny) == 0 with input as {
		"apiVersion": "networking.k8s.io/v1",
		"kind": "NetworkPolicy",
		"metadata": {"name": "shop", "namespace": "shop"},
		"spec": {
			"podSelector": {},
			"policyTypes": ["Ingress", "Egress"],
			"egress": [{"ports": [{"port": 53, "protocol": "UDP"}]}],
		},
	}
}

test_types_left_to_kubernetes if {
	count(check.deny) == 0 with input as {
		"apiVersion": "networking.k8s.io/v1",
		"kind": "NetworkPolicy",
		"metadata": {"name": "shop", "namespace": "shop"},
		"spec": {"podSelector": {}, "egress": [{"ports": [{"port": 53}]}]},
	}
}

test_empty_rules if {
	count(check.deny) == 0 with input as {
		"apiVersion": "networking.k8s.io/v1",
		"kind": "NetworkPolicy",
		"metadata": {"name": "shop", "namespace": "shop"},
		"spec": {"podSelector": {}, "policyTypes": ["Ingress"], "egress": []},
	}
}

test_fields_of_other_types if {
	count(check.deny) == 0 with input as {
		"apiVersion": "networking.k8s.io/v1",
		"kind": "NetworkPolicy",
		"metadata": {"name": "shop", "namespace": "shop"},
		"spec": {"policyTypes": "Ingress", "egress": [{}]},
	}
}

test_fields_of_other_types if {
	count(check.deny) == 0 with input as {
		"apiVersion": "networking.k8s.io/v1",
		"kind": "NetworkPolicy",
		"metadata": {"name": "shop", "namespace": "shop"},
		"spec": {"policyTypes": [5], "egress": "x"},
	}
}
