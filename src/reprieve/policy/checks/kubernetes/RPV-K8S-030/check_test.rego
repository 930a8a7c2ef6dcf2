package builtin.kubernetes.RPV_K8S_030_test

import rego.v1

import data.builtin.kubernetes.RPV_K8S_030 as check

test_no_label if count(check.deny) == 1 with input as {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "shop"}}

test_privileged if {
	count(check.deny) == 1 with input as {
		"apiVersion": "v1",
		"kind": "Namespace",
		"metadata": {"name": "shop", "labels": {"pod-security.kubernetes.io/enforce": "privileged"}},
	}
}

test_only_warns if {
	count(check.deny) == 1 with input as {
		"apiVersion": "v1",
		"kind": "Namespace",
		"metadata": {"name": "shop", "labels": {"pod-security.kubernetes.io/warn": "restricted"}},
	}
}

test_labels_of_another_type if {
	count(check.deny) == 1 with input as {
		"apiVersion": "v1",
		"kind": "Namespace",
		"metadata": {"name": "shop", "labels": "x"},
	}
}

test_restricted if {
	count(check.deny) == 0 with input as {
		"apiVersion": "v1",
		"kind": "Namespace",
		"metadata": {"name": "shop", "labels": {"pod-security.kubernetes.io/enforce": "restricted"}},
	}
}

test_baseline if {
	count(check.deny) == 0 with input as {
		"apiVersion": "v1",
		"kind": "Namespace",
		"metadata": {"name": "shop", "labels": {"pod-security.kubernetes.io/enforce": "baseline"}},
	}
}

test_system if count(check.deny) == 0 with input as {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "kube-system"}}
