package builtin.kubernetes.RPV_K8S_014_test

import rego.v1

import data.builtin.kubernetes.RPV_K8S_014 as check

test_host_path if {
	count(check.deny) == 1 with input as {
		"apiVersion": "v1",
		"kind": "PersistentVolume",
		"metadata": {"name": "shop"},
		"spec": {
			"capacity": {"storage": "10Gi"},
			"accessModes": ["ReadWriteOnce"],
			"hostPath": {"path": "/srv/shop"},
		},
	}
}

test_no_path if {
	count(check.deny) == 1 with input as {
		"apiVersion": "v1",
		"kind": "PersistentVolume",
		"metadata": {"name": "shop"},
		"spec": {
			"capacity": {"storage": "10Gi"},
			"accessModes": ["ReadWriteOnce"],
			"hostPath": {},
		},
	}
}

test_driver if {
	count(check.deny) == 0 with input as {
		"apiVersion": "v1",
		"kind": "PersistentVolume",
		"metadata": {"name": "shop"},
		"spec": {
			"capacity": {"storage": "10Gi"},
			"accessModes": ["ReadWriteOnce"],
			"csi": {"driver": "csi.example.com", "volumeHandle": "shop-data"},
		},
	}
}

test_local if {
	count(check.deny) == 0 with input as {
		"apiVersion": "v1",
		"kind": "PersistentVolume",
		"metadata": {"name": "shop"},
		"spec": {
			"capacity": {"storage": "10Gi"},
			"accessModes": ["ReadWriteOnce"],
			"local": {"path": "/mnt/disk1"},
		},
	}
}

test_fields_of_other_types if {
	count(check.deny) == 0 with input as {
		"apiVersion": "v1",
		"kind": "PersistentVolume",
		"metadata": {"name": "shop"},
		"spec": {
			"capacity": {"storage": "10Gi"},
			"accessModes": ["ReadWriteOnce"],
			"hostPath": "/srv",
		},
	}
}
