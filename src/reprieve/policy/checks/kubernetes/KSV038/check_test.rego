package builtin.kubernetes.KSV038_test

import rego.v1

import data.builtin.kubernetes.KSV038 as check

test_all_ingress if {
	count(check.deny) == 1 with input as {
		"apiVersion": "networking.k8s.io/v1",
		"kind": "NetworkPolicy",
		"metadata": {"name": "shop", "namespace": "shop"},
		"spec": {"podSelector": {}, "policyTypes": ["Ingress"], "ingress": [{}]},
	}
}

test_all_egress if {
	count(check.deny) == 1 with input as {
		"apiVersion": "networking.k8s.io/v1",
		"kind": "NetworkPolicy",
		"metadata": {"name": "shop", "namespace": "shop"},
		"spec": {
			"podSelector": {"matchLabels": {"app": "shop"}},
			"policyTypes": ["Egress"],
			"egress": [{"to": []}],
		},
	}
}

test_both if {
	count(check.deny) == 2 with input as {
		"apiVersion": "networking.k8s.io/v1",
		"kind": "NetworkPolicy",
		"metadata": {"name": "shop", "namespace": "shop"},
		"spec": {"podSelector": {}, "ingress": [{}], "egress": [{}]},
	}
}

test_every_namespace if {
	count(check.deny) == 1 with input as {
		"apiVersion": "networking.k8s.io/v1",
		"kind": "NetworkPolicy",
		"metadata": {"name": "shop", "namespace": "shop"},
		"spec": {"podSelector": {}, "ingress": [{"from": [{"namespaceSelector": {}}]}]},
	}
}

test_selected_pods if {
	count(check.deny) == 0 with input as {
		"apiVersion": "networking.k8s.io/v1",
		"kind": "NetworkPolicy",
		"metadata": {"name": "shop", "namespace": "shop"},
		"spec": {
			"podSelector": {"matchLabels": {"app": "shop"}},
			"policyTypes": ["Ingress"],
			"ingress": [
				{
					"from": [{"podSelector": {"matchLabels": {"app": "frontend"}}}],
					"ports": [{"port": 8080}],
				},
			],
		},
	}
}

test_default_deny if {
	count(check.deny) == 0 with input as {
		"apiVersion": "networking.k8s.io/v1",
		"kind": "NetworkPolicy",
		"metadata": {"name": "shop", "namespace": "shop"},
		"spec": {"podSelector": {}, "policyTypes": ["Ingress", "Egress"]},
	}
}

test_name_lookups if {
	count(check.deny) == 0 with input as {
		"apiVersion": "networking.k8s.io/v1",
		"kind": "NetworkPolicy",
		"metadata": {"name": "shop", "namespace": "shop"},
		"spec": {
			"podSelector": {},
			"policyTypes": ["Egress"],
			"egress": [{"ports": [{"port": 53, "protocol": "UDP"}]}],
		},
	}
}

test_same_app_in_every_namespace if {
	count(check.deny) == 0 with input as {
		"apiVersion": "networking.k8s.io/v1",
		"kind": "NetworkPolicy",
		"metadata": {"name": "shop", "namespace": "shop"},
		"spec": {
			"podSelector": {},
			"ingress": [
				{
					"from": [
						{
							"namespaceSelector": {},
							"podSelector": {"matchLabels": {"app": "prometheus"}},
						},
					],
				},
			],
		},
	}
}

test_pods_of_the_namespace if {
	count(check.deny) == 0 with input as {
		"apiVersion": "networking.k8s.io/v1",
		"kind": "NetworkPolicy",
		"metadata": {"name": "shop", "namespace": "shop"},
		"spec": {"podSelector": {}, "ingress": [{"from": [{"podSelector": {}}]}]},
	}
}

test_fields_of_other_types if {
	count(check.deny) == 0 with input as {
		"apiVersion": "networking.k8s.io/v1",
		"kind": "NetworkPolicy",
		"metadata": {"name": "shop", "namespace": "shop"},
		"spec": {"podSelector": 5, "ingress": "x", "egress": [null, 1]},
	}
}
