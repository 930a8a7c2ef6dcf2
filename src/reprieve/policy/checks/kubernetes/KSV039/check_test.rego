package builtin.kubernetes.KSV039_test

import rego.v1

import data.builtin.kubernetes.KSV039 as check

test_only_requests if {
	count(check.deny) == 2 with input as {
		"apiVersion": "v1",
		"kind": "LimitRange",
		"metadata": {"name": "shop", "namespace": "shop"},
		"spec": {
			"limits": [
				{
					"type": "Container",
					"defaultRequest": {"cpu": "100m", "memory": "128Mi"},
				},
			],
		},
	}
}

test_no_memory if {
	count(check.deny) == 1 with input as {
		"apiVersion": "v1",
		"kind": "LimitRange",
		"metadata": {"name": "shop", "namespace": "shop"},
		"spec": {"limits": [{"type": "Container", "default": {"cpu": "500m"}}]},
	}
}

test_nothing if {
	count(check.deny) == 1 with input as {
		"apiVersion": "v1",
		"kind": "LimitRange",
		"metadata": {"name": "shop", "namespace": "shop"},
		"spec": {"limits": []},
	}
}

test_no_spec if {
	count(check.deny) == 1 with input as {
		"apiVersion": "v1",
		"kind": "LimitRange",
		"metadata": {"name": "shop", "namespace": "shop"},
	}
}

test_defaults if {
	count(check.deny) == 0 with input as {
		"apiVersion": "v1",
		"kind": "LimitRange",
		"metadata": {"name": "shop", "namespace": "shop"},
		"spec": {
			"limits": [
				{
					"type": "Container",
					"default": {"cpu": "500m", "memory": "256Mi"},
					"defaultRequest": {"cpu": "100m", "memory": "128Mi"},
				},
			],
		},
	}
}

test_maximum if {
	count(check.deny) == 0 with input as {
		"apiVersion": "v1",
		"kind": "LimitRange",
		"metadata": {"name": "shop", "namespace": "shop"},
		"spec": {"limits": [{"type": "Container", "max": {"cpu": "1", "memory": "1Gi"}}]},
	}
}

test_only_claims if {
	count(check.deny) == 0 with input as {
		"apiVersion": "v1",
		"kind": "LimitRange",
		"metadata": {"name": "shop", "namespace": "shop"},
		"spec": {"limits": [{"type": "PersistentVolumeClaim", "max": {"storage": "10Gi"}}]},
	}
}
