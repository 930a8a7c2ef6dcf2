package builtin.kubernetes.KSV0125_test

import rego.v1

import data.builtin.kubernetes.KSV0125 as check
import data.builtin.lib.kubernetes_fixtures as fixtures

test_denies_unknown if count(check.deny) == 1 with input as fixtures.container({"image": "images.example.net/web:1"})

test_denies_similar_name if count(check.deny) == 1 with input as fixtures.container({"image": "evilgcr.io/web:1"})

test_allows_cloud_registries if count(check.deny) == 0 with input as fixtures.pod({"containers": [
	{"name": "a", "image": "shop.azurecr.io/web:1"},
	{"name": "b", "image": "123456789012.dkr.ecr.eu-central-1.amazonaws.com/web:1"},
	{"name": "c", "image": "eu.gcr.io/shop/web:1"},
	{"name": "d", "image": "europe-docker.pkg.dev/shop/apps/web:1"},
]})

test_allows_given_registries if {
	document := fixtures.container({"image": "images.example.net:5000/web:1"})
	count(check.deny) == 0 with input as document with data.ksv0125 as {"trusted_registries": ["example.net:5000"]}
}

test_denies_when_not_among_given if {
	document := fixtures.container({"image": "gcr.io/web:1"})
	count(check.deny) == 1 with input as document with data.ksv0125 as {"trusted_registries": ["example.net"]}
}

test_leaves_docker_hub_to_ksv034 if count(check.deny) == 0 with input as fixtures.container({"image": "nginx:1.27"})

test_takes_malformed_input if {
	every document in fixtures.malformed {
		count(check.deny) >= 0 with input as document
	}
}
