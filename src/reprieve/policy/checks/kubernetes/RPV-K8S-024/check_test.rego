package builtin.kubernetes.RPV_K8S_024_test

import rego.v1

import data.builtin.kubernetes.RPV_K8S_024 as check

test_all_accounts if {
	count(check.deny) == 1 with input as {
		"apiVersion": "rbac.authorization.k8s.io/v1",
		"kind": "ClusterRoleBinding",
		"metadata": {"name": "shop-access"},
		"roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": "view"},
		"subjects": [
			{
				"kind": "Group",
				"name": "system:serviceaccounts",
				"apiGroup": "rbac.authorization.k8s.io",
			},
		],
	}
}

test_accounts_of_a_namespace if {
	count(check.deny) == 0 with input as {
		"apiVersion": "rbac.authorization.k8s.io/v1",
		"kind": "RoleBinding",
		"metadata": {"name": "shop-access", "namespace": "shop"},
		"roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": "view"},
		"subjects": [
			{
				"kind": "Group",
				"name": "system:serviceaccounts:shop",
				"apiGroup": "rbac.authorization.k8s.io",
			},
		],
	}
}

test_issuer_discovery if {
	count(check.deny) == 0 with input as {
		"apiVersion": "rbac.authorization.k8s.io/v1",
		"kind": "ClusterRoleBinding",
		"metadata": {"name": "shop-access"},
		"roleRef": {
			"apiGroup": "rbac.authorization.k8s.io",
			"kind": "ClusterRole",
			"name": "system:service-account-issuer-discovery",
		},
		"subjects": [
			{
				"kind": "Group",
				"name": "system:serviceaccounts",
				"apiGroup": "rbac.authorization.k8s.io",
			},
		],
	}
}

test_subjects_of_another_type if {
	count(check.deny) == 0 with input as {
		"apiVersion": "rbac.authorization.k8s.io/v1",
		"kind": "ClusterRoleBinding",
		"metadata": {"name": "shop-access"},
		"roleRef": {
			"apiGroup": "rbac.authorization.k8s.io",
			"kind": "ClusterRole",
			"name": "cluster-adm",
		},
		"subjects": "x",
	}
}
