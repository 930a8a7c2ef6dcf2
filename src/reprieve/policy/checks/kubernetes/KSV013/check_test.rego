package builtin.kubernetes.KSV013_test

import rego.v1

import data.builtin.kubernetes.KSV013 as check
import data.builtin.lib.kubernetes_fixtures as fixtures

test_denies_latest if count(check.deny) == 1 with input as fixtures.container({"image": "nginx:latest"})

test_denies_no_tag if count(check.deny) == 1 with input as fixtures.container({"image": "nginx"})

test_denies_port_without_tag if {
	document := fixtures.container({"image": "registry.example.com:5000/nginx"})
	count(check.deny) == 1 with input as document
}

test_allows_version if {
	document := fixtures.container({"image": "registry.example.com:5000/nginx:1.27"})
	count(check.deny) == 0 with input as document
}

test_allows_digest if count(check.deny) == 0 with input as fixtures.container({"image": "nginx@sha256:0123"})

test_allows_no_image if count(check.deny) == 0 with input as fixtures.pod({"containers": [{"name": "web"}]})

test_takes_malformed_input if {
	every document in fixtures.malformed {
		count(check.deny) >= 0 with input as document
	}
}
