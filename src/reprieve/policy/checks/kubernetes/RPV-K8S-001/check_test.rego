package builtin.kubernetes.RPV_K8S_001_test

import rego.v1

import data.builtin.kubernetes.RPV_K8S_001 as check
import data.builtin.lib.kubernetes_fixtures as fixtures

test_denies_tag if count(check.deny) == 1 with input as fixtures.container({"image": "nginx:1.27"})

test_denies_empty_digest if count(check.deny) == 1 with input as fixtures.container({"image": "nginx:1.27@"})

test_allows_digest if count(check.deny) == 0 with input as fixtures.container({"image": "nginx@sha256:0123"})

test_allows_tag_and_digest if {
	document := fixtures.container({"image": "registry.example.com:5000/nginx:1.27@sha256:0123"})
	count(check.deny) == 0 with input as document
}

test_allows_no_image if count(check.deny) == 0 with input as fixtures.pod({"containers": [{"name": "web"}]})

test_takes_malformed_input if {
	every document in fixtures.malformed {
		count(check.deny) >= 0 with input as document
	}
}
