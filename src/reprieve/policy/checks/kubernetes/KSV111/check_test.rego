package builtin.kubernetes.KSV111_test

import rego.v1

import data.builtin.kubernetes.KSV111 as check

test_cluster_admin if {
	count(check.deny) == 1 with input as {
		"apiVersion": "rbac.authorization.k8s.io/v1",
		"kind": "ClusterRoleBinding",
		"metadata": {"name": "shop-access"},
		"roleRef": {
			"apiGroup": "rbac.authorization.k8s.io",
			"kind": "ClusterRole",
			"name": "cluster-admin",
		},
		"subjects": [
			{
				"kind": "Group",
				"name": "shop-developers",
				"apiGroup": "rbac.authorization.k8s.io",
			},
		],
	}
}

test_cluster_admin_of_a_namespace if {
	count(check.deny) == 1 with input as {
		"apiVersion": "rbac.authorization.k8s.io/v1",
		"kind": "RoleBinding",
		"metadata": {"name": "shop-access", "namespace": "shop"},
		"roleRef": {
			"apiGroup": "rbac.authorization.k8s.io",
			"kind": "ClusterRole",
			"name": "cluster-admin",
		},
		"subjects": [
			{
				"kind": "User",
				"name": "jane@example.com",
				"apiGroup": "rbac.authorization.k8s.io",
			},
		],
	}
}

test_edit_everywhere if {
	count(check.deny) == 1 with input as {
		"apiVersion": "rbac.authorization.k8s.io/v1",
		"kind": "ClusterRoleBinding",
		"metadata": {"name": "shop-access"},
		"roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": "edit"},
		"subjects": [
			{
				"kind": "Group",
				"name": "shop-developers",
				"apiGroup": "rbac.authorization.k8s.io",
			},
		],
	}
}

test_edit_in_a_namespace if {
	count(check.deny) == 0 with input as {
		"apiVersion": "rbac.authorization.k8s.io/v1",
		"kind": "RoleBinding",
		"metadata": {"name": "shop-access", "namespace": "shop"},
		"roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": "edit"},
		"subjects": [
			{
				"kind": "Group",
				"name": "shop-developers",
				"apiGroup": "rbac.authorization.k8s.io",
			},
		],
	}
}

test_own_role_of_that_name if {
	count(check.deny) == 0 with input as {
		"apiVersion": "rbac.authorization.k8s.io/v1",
		"kind": "RoleBinding",
		"metadata": {"name": "shop-access", "namespace": "shop"},
		"roleRef": {
			"apiGroup": "rbac.authorization.k8s.io",
			"kind": "Role",
			"name": "cluster-admin",
		},
		"subjects": [
			{
				"kind": "Group",
				"name": "shop-developers",
				"apiGroup": "rbac.authorization.k8s.io",
			},
		],
	}
}

test_view if {
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

test_reference_of_another_type if {
	count(check.deny) == 0 with input as {
		"apiVersion": "rbac.authorization.k8s.io/v1",
		"kind": "ClusterRoleBinding",
		"metadata": {"name": "shop-access"},
		"roleRef": "cluster-admin",
		"subjects": [],
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
