package builtin.aws.elb.aws0054_test

import rego.v1

import data.builtin.aws.elb.aws0054 as check
import data.builtin.lib.aws_fixtures

test_http_fails if {
	count(check.deny) == 1 with input as aws_fixtures.one("aws_lb_listener", {"protocol": "HTTP", "default_action": [{"type": "forward"}]})
}

test_a_redirect_to_http_fails if {
	count(check.deny) == 1 with input as aws_fixtures.one("aws_lb_listener", {"protocol": "HTTP", "default_action": [{"type": "redirect", "redirect": [{"protocol": "HTTP"}]}]})
}

test_https_passes if {
	count(check.deny) == 0 with input as aws_fixtures.one("aws_lb_listener", {"protocol": "HTTPS"})
}

test_a_redirect_to_https_passes if {
	count(check.deny) == 0 with input as aws_fixtures.one("aws_lb_listener", {"protocol": "HTTP", "default_action": [{"type": "redirect", "redirect": [{"protocol": "HTTPS"}]}]})
}

test_tcp_passes if {
	count(check.deny) == 0 with input as aws_fixtures.one("aws_lb_listener", {"protocol": "TCP"})
}

test_not_set_passes if {
	count(check.deny) == 0 with input as aws_fixtures.one("aws_lb_listener", {})
}

test_what_is_not_known_makes_no_finding if {
	count(check.deny) == 0 with input as aws_fixtures.one("aws_lb_listener", {"protocol": aws_fixtures.unknown})
}
