package builtin.kubernetes.KSV034_test

import rego.v1

import data.builtin.kubernetes.KSV034 as check
import data.builtin.lib.kubernetes_fixtures as fixtures

test_denies_no_registry if count(check.deny) == 1 with input as fixtures.container({"image": "nginx:1.27"})

test_denies_docker_hub if {
	document := fixtures.container({"image": "docker.io/library/nginx:1.27"})
	count(check.deny) == 1 with input as document
}

test_denies_user_repository if count(check.deny) == 1 with input as fixtures.container({"image": "example/web:1"})

test_denies_ghcr if count(check.deny) == 1 with input as fixtures.container({"image": "ghcr.io/example/web:1"})

test_allows_private if count(check.deny) == 0 with input as fixtures.container({"image": "registry.example.com/web:1"})

test_allows_localhost if count(check.deny) == 0 with input as fixtures.container({"image": "localhost:5000/web:1"})

test_allows_similar_name if {
	document := fixtures.container({"image": "docker.io.example.com/web:1"})
	count(check.deny) == 0 with input as document
}

test_takes_malformed_input if {
	every document in fixtures.malformed {
		count(check.deny) >= 0 with input as document
	}
}
