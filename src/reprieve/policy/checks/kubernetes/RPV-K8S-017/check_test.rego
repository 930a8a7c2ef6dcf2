package builtin.kubernetes.RPV_K8S_017_test

import rego.v1

import data.builtin.kubernetes.RPV_K8S_017 as check

test_ingress if {
	count(check.deny) == 1 with input as {
		"apiVersion": "networking.k8s.io/v1",
		"kind": "NetworkPolicy",
		"metadata": {"name": "shop", "namespace": "shop"},
		"spec": {"podSelector": {}, "ingress": [{"from": [{"ipBlock": {"cidr": "0.0.0.0/0"}}]}]},
	}
}

test_egress_over_ipv6 if {
	count(check.deny) == 1 with input as {
		"apiVersion": "networking.k8s.io/v1",
		"kind": "NetworkPolicy",
		"metadata": {"name": "shop", "namespace": "shop"},
		"spec": {"podSelector": {}, "egress": [{"to": [{"ipBlock": {"cidr": "::/0"}}]}]},
	}
}

test_named_range if {
	count(check.deny) == 0 with input as {
		"apiVersion": "networking.k8s.io/v1",
		"kind": "NetworkPolicy",
		"metadata": {"name": "shop", "namespace": "shop"},
		"spec": {
			"podSelector": {},
			"ingress": [{"from": [{"ipBlock": {"cidr": "192.0.2.0/24"}}]}],
		},
	}
}

test_named_port if {
	count(check.deny) == 0 with input as {
		"apiVersion": "networking.k8s.io/v1",
		"kind": "NetworkPolicy",
		"metadata": {"name": "shop", "namespace": "shop"},
		"spec": {
			"podSelector": {},
			"ingress": [{"from": [{"ipBlock": {"cidr": "0.0.0.0/0"}}], "ports": [{"port": 443}]}],
		},
	}
}

test_without_private_ranges if {
	count(check.deny) == 0 with input as {
		"apiVersion": "networking.k8s.io/v1",
		"kind": "NetworkPolicy",
		"metadata": {"name": "shop", "namespace": "shop"},
		"spec": {
			"podSelector": {},
			"egress": [{"to": [{"ipBlock": {"cidr": "0.0.0.0/0", "except": ["10.0.0.0/8"]}}]}],
		},
	}
}

test_fields_of_other_types if {
	count(check.deny) == 0 with input as {
		"apiVersion": "networking.k8s.io/v1",
		"kind": "NetworkPolicy",
		"metadata": {"name": "shop", "namespace": "shop"},
		"spec": {"ingress": [{"from": [{"ipBlock": 5}, "x"]}]},
	}
}
