package builtin.kubernetes.KSV122_test

import rego.v1

import data.builtin.kubernetes.KSV122 as check

test_anonymous_user if {
	count(check.deny) == 1 with input as {
		"apiVersion": "rbac.authorization.k8s.io/v1",
		"kind": "ClusterRoleBinding",
		"metadata": {"name": "shop-access"},
		"roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": "view"},
		"subjects": [
			{
				"kind": "User",
				"name": "system:anonymous",
				"apiGroup": "rbac.authorization.k8s.io",
			},
		],
	}
}

test_unauthenticated_group if {
	count(check.deny) == 1 with input as {
		"apiVersion": "rbac.authorization.k8s.io/v1",
		"kind": "RoleBinding",
		"metadata": {"name": "shop-access", "namespace": "shop"},
		"roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": "view"},
		"subjects": [
			{
				"kind": "Group",
				"name": "system:unauthenticated",
				"apiGroup": "rbac.authorization.k8s.io",
			},
		],
	}
}

test_each_subject if {
	count(check.deny) == 2 with input as {
		"apiVersion": "rbac.authorization.k8s.io/v1",
		"kind": "ClusterRoleBinding",
		"metadata": {"name": "shop-access"},
		"roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": "view"},
		"subjects": [
			{
				"kind": "User",
				"name": "system:anonymous",
				"apiGroup": "rbac.authorization.k8s.io",
			},
			{
				"kind": "Group",
				"name": "system:unauthenticated",
				"apiGroup": "rbac.authorization.k8s.io",
			},
			{
				"kind": "Group",
				"name": "shop-developers",
				"apiGroup": "rbac.authorization.k8s.io",
			},
		],
	}
}

test_named_group if {
	count(check.deny) == 0 with input as {
		"apiVersion": "rbac.authorization.k8s.io/v1",
		"kind": "ClusterRoleBinding",
		"metadata": {"name": "shop-access"},
		"roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": "view"},
		"subjects": [
			{
				"kind": "Group",
				"name": "shop-developers",
				"apiGroup": "rbac.authorization.k8s.io",
			},
		],
	}
}

test_public_info if {
	count(check.deny) == 0 with input as {
		"apiVersion": "rbac.authorization.k8s.io/v1",
		"kind": "ClusterRoleBinding",
		"metadata": {"name": "shop-access"},
		"roleRef": {
			"apiGroup": "rbac.authorization.k8s.io",
			"kind": "ClusterRole",
			"name": "system:public-info-viewer",
		},
		"subjects": [
			{
				"kind": "Group",
				"name": "system:unauthenticated",
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
