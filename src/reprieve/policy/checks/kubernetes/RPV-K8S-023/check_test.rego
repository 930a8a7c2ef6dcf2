package builtin.kubernetes.RPV_K8S_023_test

import rego.v1

import data.builtin.kubernetes.RPV_K8S_023 as check

test_default_account if {
	count(check.deny) == 1 with input as {
		"apiVersion": "rbac.authorization.k8s.io/v1",
		"kind": "RoleBinding",
		"metadata": {"name": "shop-access", "namespace": "shop"},
		"roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "Role", "name": "shop-reader"},
		"subjects": [{"kind": "ServiceAccount", "name": "default", "namespace": "shop"}],
	}
}

test_in_the_cluster if {
	count(check.deny) == 1 with input as {
		"apiVersion": "rbac.authorization.k8s.io/v1",
		"kind": "ClusterRoleBinding",
		"metadata": {"name": "shop-access"},
		"roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": "view"},
		"subjects": [{"kind": "ServiceAccount", "name": "default", "namespace": "shop"}],
	}
}

test_own_account if {
	count(check.deny) == 0 with input as {
		"apiVersion": "rbac.authorization.k8s.io/v1",
		"kind": "RoleBinding",
		"metadata": {"name": "shop-access", "namespace": "shop"},
		"roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "Role", "name": "shop-reader"},
		"subjects": [{"kind": "ServiceAccount", "name": "shop-api", "namespace": "shop"}],
	}
}

test_group_of_that_name if {
	count(check.deny) == 0 with input as {
		"apiVersion": "rbac.authorization.k8s.io/v1",
		"kind": "ClusterRoleBinding",
		"metadata": {"name": "shop-access"},
		"roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": "view"},
		"subjects": [{"kind": "Group", "name": "default", "apiGroup": "rbac.authorization.k8s.io"}],
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
