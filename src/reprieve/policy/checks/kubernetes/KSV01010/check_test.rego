package builtin.kubernetes.KSV01010_test

import rego.v1

import data.builtin.kubernetes.KSV01010 as check

test_user_name if {
	count(check.deny) == 1 with input as {
		"apiVersion": "v1",
		"kind": "ConfigMap",
		"metadata": {"name": "shop", "namespace": "shop"},
		"data": {"DB_USERNAME": "shop"},
	}
}

test_address if {
	count(check.deny) == 1 with input as {
		"apiVersion": "v1",
		"kind": "ConfigMap",
		"metadata": {"name": "shop", "namespace": "shop"},
		"data": {"adminEmail": "jane@example.com"},
	}
}

test_settings if {
	count(check.deny) == 0 with input as {
		"apiVersion": "v1",
		"kind": "ConfigMap",
		"metadata": {"name": "shop", "namespace": "shop"},
		"data": {"DB_HOST": "db.example.com", "LOG_LEVEL": "info"},
	}
}

test_reference if {
	count(check.deny) == 0 with input as {
		"apiVersion": "v1",
		"kind": "ConfigMap",
		"metadata": {"name": "shop", "namespace": "shop"},
		"data": {"DB_USERNAME": "${DB_USERNAME}"},
	}
}

test_switch if {
	count(check.deny) == 0 with input as {
		"apiVersion": "v1",
		"kind": "ConfigMap",
		"metadata": {"name": "shop", "namespace": "shop"},
		"data": {"SEND_EMAIL": "true"},
	}
}

test_fields_of_other_types if {
	count(check.deny) == 0 with input as {
		"apiVersion": "v1",
		"kind": "ConfigMap",
		"metadata": {"name": "shop", "namespace": "shop"},
		"data": "x",
	}
}

test_fields_of_other_types if {
	count(check.deny) == 0 with input as {
		"apiVersion": "v1",
		"kind": "ConfigMap",
		"metadata": {"name": "shop", "namespace": "shop"},
		"data": [1, null],
	}
}

test_fields_of_other_types if {
	count(check.deny) == 0 with input as {
		"apiVersion": "v1",
		"kind": "ConfigMap",
		"metadata": {"name": "shop", "namespace": "shop"},
		"data": {"USERNAME": 5},
	}
}
