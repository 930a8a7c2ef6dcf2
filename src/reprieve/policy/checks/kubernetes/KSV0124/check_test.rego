package builtin.kubernetes.KSV0124_test

import rego.v1

import data.builtin.kubernetes.KSV0124 as check

test_open_registry if {
	count(check.deny) == 1 with input as {
		"apiVersion": "constraints.gatekeeper.sh/v1beta1",
		"kind": "K8sAllowedRepos",
		"metadata": {"name": "allowed-repos"},
		"spec": {
			"match": {"kinds": [{"apiGroups": [""], "kinds": ["Pod"]}]},
			"parameters": {"repos": ["registry.example.com"]},
		},
	}
}

test_open_repository if {
	count(check.deny) == 1 with input as {
		"apiVersion": "constraints.gatekeeper.sh/v1beta1",
		"kind": "K8sAllowedRepos",
		"metadata": {"name": "allowed-repos"},
		"spec": {
			"match": {"kinds": [{"apiGroups": [""], "kinds": ["Pod"]}]},
			"parameters": {"repos": ["registry.example.com/shop"]},
		},
	}
}

test_open_port if {
	count(check.deny) == 1 with input as {
		"apiVersion": "constraints.gatekeeper.sh/v1beta1",
		"kind": "K8sAllowedRepos",
		"metadata": {"name": "allowed-repos"},
		"spec": {
			"match": {"kinds": [{"apiGroups": [""], "kinds": ["Pod"]}]},
			"parameters": {"repos": ["registry.example.com:5000"]},
		},
	}
}

test_each if {
	count(check.deny) == 2 with input as {
		"apiVersion": "constraints.gatekeeper.sh/v1beta1",
		"kind": "K8sAllowedRepos",
		"metadata": {"name": "allowed-repos"},
		"spec": {
			"match": {"kinds": [{"apiGroups": [""], "kinds": ["Pod"]}]},
			"parameters": {"repos": ["registry.example.com", "registry.example.com/", "docker.io"]},
		},
	}
}

test_ends_with_slash if {
	count(check.deny) == 0 with input as {
		"apiVersion": "constraints.gatekeeper.sh/v1beta1",
		"kind": "K8sAllowedRepos",
		"metadata": {"name": "allowed-repos"},
		"spec": {
			"match": {"kinds": [{"apiGroups": [""], "kinds": ["Pod"]}]},
			"parameters": {"repos": ["registry.example.com/", "registry.example.com:5000/shop/"]},
		},
	}
}

test_tag if {
	count(check.deny) == 0 with input as {
		"apiVersion": "constraints.gatekeeper.sh/v1beta1",
		"kind": "K8sAllowedRepos",
		"metadata": {"name": "allowed-repos"},
		"spec": {
			"match": {"kinds": [{"apiGroups": [""], "kinds": ["Pod"]}]},
			"parameters": {"repos": ["registry.example.com/shop:1.4.2"]},
		},
	}
}

test_digest if {
	count(check.deny) == 0 with input as {
		"apiVersion": "constraints.gatekeeper.sh/v1beta1",
		"kind": "K8sAllowedRepos",
		"metadata": {"name": "allowed-repos"},
		"spec": {
			"match": {"kinds": [{"apiGroups": [""], "kinds": ["Pod"]}]},
			"parameters": {"repos": ["registry.example.com/shop@sha256:0000"]},
		},
	}
}

test_kind_of_another_api if {
	count(check.deny) == 0 with input as {
		"apiVersion": "example.com/v1",
		"kind": "K8sAllowedRepos",
		"metadata": {"name": "allowed-repos"},
		"spec": {
			"match": {"kinds": [{"apiGroups": [""], "kinds": ["Pod"]}]},
			"parameters": {"repos": ["x"]},
		},
	}
}

test_fields_of_other_types if {
	count(check.deny) == 0 with input as {
		"apiVersion": "constraints.gatekeeper.sh/v1beta1",
		"kind": "K8sAllowedRepos",
		"metadata": {"name": "allowed-repos"},
		"spec": {
			"match": {"kinds": [{"apiGroups": [""], "kinds": ["Pod"]}]},
			"parameters": {"repos": "x"},
		},
	}
}

test_fields_of_other_types if {
	count(check.deny) == 0 with input as {
		"apiVersion": "constraints.gatekeeper.sh/v1beta1",
		"kind": "K8sAllowedRepos",
		"metadata": {"name": "allowed-repos"},
		"spec": {
			"match": {"kinds": [{"apiGroups": [""], "kinds": ["Pod"]}]},
			"parameters": {"repos": [5, null]},
		},
	}
}
