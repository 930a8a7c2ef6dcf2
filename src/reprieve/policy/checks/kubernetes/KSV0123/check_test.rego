package builtin.kubernetes.KSV0123_test

import rego.v1

import data.builtin.kubernetes.KSV0123 as check

test_masters if {
	count(check.deny) == 1 with input as {
		"apiVersion": "rbac.authorization.k8s.io/v1",
		"kind": "ClusterRoleBinding",
		"metadata": {"name": "shop-access"},
		"roleRef": {
			"apiGroup": "rbac.authorization.k8s.io",
			"kind": "ClusterRole",
			"name": "cluster-operator",
		},
		"subjects": [
			{
				"kind": "Group",
				"name": "system:masters",
				"apiGroup": "rbac.authorization.k8s.io",
			},
		],
	}
}

test_in_a_namespace if {
	count(check.deny) == 1 with input as {
		"apiVersion": "rbac.authorization.k8s.io/v1",
		"kind": "RoleBinding",
		"metadata": {"name": "shop-access", "namespace": "shop"},
		"roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": "view"},
		"subjects": [
			{
				"kind": "Group",
				"name": "system:masters",
				"apiGroup": "rbac.authorization.k8s.io",
			},
		],
	}
}

test_own_group if {
	count(check.deny) == 0 with input as {
		"apiVersion": "rbac.authorization.k8s.io/v1",
		"kind": "ClusterRoleBinding",
		"metadata": {"name": "shop-access"},
		"roleRef": {
			"apiGroup": "rbac.authorization.k8s.io",
			"kind": "ClusterRole",
			"name": "cluster-operator",
		},
		"subjects": [
			{
				"kind": "Group",
				"name": "platform-team",
				"apiGroup": "rbac.authorization.k8s.io",
			},
		],
	}
}

test_user_of_that_name if {
	count(check.deny) == 0 with input as {
		"apiVersion": "rbac.authorization.k8s.io/v1",
		"kind": "ClusterRoleBinding",
		"metadata": {"name": "shop-access"},
		"roleRef": {
			"apiGroup": "rbac.authorization.k8s.io",
			"kind": "ClusterRole",
			"name": "cluster-operator",
		},
		"subjects": [
			{
				"kind": "User",
				"name": "system:masters",
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
