package builtin.kubernetes.RPV_K8S_027_test

import rego.v1

import data.builtin.kubernetes.RPV_K8S_027 as check

test_token if {
	count(check.deny) == 1 with input as {
		"apiVersion": "v1",
		"kind": "Secret",
		"metadata": {
			"name": "shop-ci",
			"namespace": "shop",
			"annotations": {"kubernetes.io/service-account.name": "shop-ci"},
		},
		"type": "kubernetes.io/service-account-token",
	}
}

test_opaque if {
	count(check.deny) == 0 with input as {
		"apiVersion": "v1",
		"kind": "Secret",
		"metadata": {"name": "shop-ci", "namespace": "shop"},
		"type": "Opaque",
	}
}

test_no_type if {
	count(check.deny) == 0 with input as {
		"apiVersion": "v1",
		"kind": "Secret",
		"metadata": {"name": "shop-ci", "namespace": "shop"},
	}
}

test_type_of_another_type if {
	count(check.deny) == 0 with input as {
		"apiVersion": "v1",
		"kind": "Secret",
		"metadata": {"name": "shop", "namespace": "shop"},
		"type": 5,
	}
}
