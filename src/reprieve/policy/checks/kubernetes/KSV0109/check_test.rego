package builtin.kubernetes.KSV0109_test

import rego.v1

import data.builtin.kubernetes.KSV0109 as check

test_by_key if {
	count(check.deny) == 1 with input as {
		"apiVersion": "v1",
		"kind": "ConfigMap",
		"metadata": {"name": "shop", "namespace": "shop"},
		"data": {"DB_HOST": "db.example.com", "DB_PASSWORD": "not-a-real-one"},
	}
}

test_inside_a_file if {
	count(check.deny) == 1 with input as {
		"apiVersion": "v1",
		"kind": "ConfigMap",
		"metadata": {"name": "shop", "namespace": "shop"},
		"data": {"application.properties": "db.user=shop\ndb.password=not-a-real-one\n"},
	}
}

test_in_an_address if {
	count(check.deny) == 1 with input as {
		"apiVersion": "v1",
		"kind": "ConfigMap",
		"metadata": {"name": "shop", "namespace": "shop"},
		"data": {"DATABASE_URL": "postgres://shop:example@db.example.com/shop"},
	}
}

test_two if {
	count(check.deny) == 2 with input as {
		"apiVersion": "v1",
		"kind": "ConfigMap",
		"metadata": {"name": "shop", "namespace": "shop"},
		"data": {"API_KEY": "example", "settings.yaml": "auth:\n  clientSecret: example\n"},
	}
}

test_no_credential if {
	count(check.deny) == 0 with input as {
		"apiVersion": "v1",
		"kind": "ConfigMap",
		"metadata": {"name": "shop", "namespace": "shop"},
		"data": {"DB_HOST": "db.example.com", "TOKEN_TTL": "3600"},
	}
}

test_references if {
	count(check.deny) == 0 with input as {
		"apiVersion": "v1",
		"kind": "ConfigMap",
		"metadata": {"name": "shop", "namespace": "shop"},
		"data": {"DB_PASSWORD": "${DB_PASSWORD}", "app.yaml": "passwordFile: /run/secrets/db\n"},
	}
}

test_other_kind if {
	count(check.deny) == 0 with input as {
		"apiVersion": "v1",
		"kind": "Secret",
		"metadata": {"name": "shop", "namespace": "shop"},
		"stringData": {"password": "x"},
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
		"data": {"PASSWORD": 5, "TOKEN": null},
	}
}
