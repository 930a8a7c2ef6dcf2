package builtin.aws.cloudfront.aws0012_test

import rego.v1

import data.builtin.aws.cloudfront.aws0012 as check
import data.builtin.lib.aws_fixtures

test_allow_all_fails if {
	count(check.deny) == 1 with input as aws_fixtures.one("aws_cloudfront_distribution", {"default_cache_behavior": [{"viewer_protocol_policy": "allow-all"}]})
}

test_a_single_path_fails if {
	count(check.deny) == 1 with input as aws_fixtures.one("aws_cloudfront_distribution", {"default_cache_behavior": [{"viewer_protocol_policy": "https-only"}], "ordered_cache_behavior": [{"path_pattern": "/old/*", "viewer_protocol_policy": "allow-all"}]})
}

test_https_passes if {
	count(check.deny) == 0 with input as aws_fixtures.one("aws_cloudfront_distribution", {"default_cache_behavior": [{"viewer_protocol_policy": "redirect-to-https"}]})
}

test_nothing_passes if {
	count(check.deny) == 0 with input as aws_fixtures.one("aws_cloudfront_distribution", {})
}

test_what_is_not_known_makes_no_finding if {
	count(check.deny) == 0 with input as aws_fixtures.one("aws_cloudfront_distribution", {"default_cache_behavior": [{"viewer_protocol_policy": aws_fixtures.unknown}]})
}
