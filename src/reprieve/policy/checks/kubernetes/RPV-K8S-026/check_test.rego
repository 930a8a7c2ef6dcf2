package builtin.kubernetes.RPV_K8S_026_test

import rego.v1

import data.builtin.kubernetes.RPV_K8S_026 as check

test_not_set if {
	count(check.deny) == 1 with input as {
		"apiVersion": "v1",
		"kind": "ServiceAccount",
		"metadata": {"name": "default", "namespace": "shop"},
	}
}

test_set_to_true if {
	count(check.deny) == 1 with input as {
		"apiVersion": "v1",
		"kind": "ServiceAccount",
		"metadata": {"name": "default", "namespace": "shop"},
		"automountServiceAccountToken": true,
	}
}

test_set_to_false if {
	count(check.deny) == 0 with input as {
		"apiVersion": "v1",
		"kind": "ServiceAccount",
		"metadata": {"name": "default", "namespace": "shop"},
		"automountServiceAccountToken": false,
	}
}

test_own_account if {
	count(check.deny) == 0 with input as {
		"apiVersion": "v1",
		"kind": "ServiceAccount",
		"metadata": {"name": "shop-api", "namespace": "shop"},
	}
}
