package builtin.kubernetes.KSV040_test

import rego.v1

import data.builtin.kubernetes.KSV040 as check

test_only_processor if {
	count(check.deny) == 1 with input as {
		"apiVersion": "v1",
		"kind": "ResourceQuota",
		"metadata": {"name": "shop", "namespace": "shop"},
		"spec": {"hard": {"requests.cpu": "4", "limits.cpu": "8"}},
	}
}

test_only_memory if {
	count(check.deny) == 1 with input as {
		"apiVersion": "v1",
		"kind": "ResourceQuota",
		"metadata": {"name": "shop", "namespace": "shop"},
		"spec": {"hard": {"memory": "8Gi"}},
	}
}

test_nothing if {
	count(check.deny) == 1 with input as {
		"apiVersion": "v1",
		"kind": "ResourceQuota",
		"metadata": {"name": "shop", "namespace": "shop"},
		"spec": {"hard": {}},
	}
}

test_no_spec if {
	count(check.deny) == 1 with input as {
		"apiVersion": "v1",
		"kind": "ResourceQuota",
		"metadata": {"name": "shop", "namespace": "shop"},
	}
}

test_both if {
	count(check.deny) == 0 with input as {
		"apiVersion": "v1",
		"kind": "ResourceQuota",
		"metadata": {"name": "shop", "namespace": "shop"},
		"spec": {
			"hard": {
				"requests.cpu": "4",
				"requests.memory": "8Gi",
				"limits.cpu": "8",
				"limits.memory": "16Gi",
			},
		},
	}
}

test_only_counts if {
	count(check.deny) == 0 with input as {
		"apiVersion": "v1",
		"kind": "ResourceQuota",
		"metadata": {"name": "shop", "namespace": "shop"},
		"spec": {"hard": {"count/services.loadbalancers": "2"}},
	}
}
