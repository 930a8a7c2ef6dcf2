package builtin.aws.s3.aws0089_test

import rego.v1

import data.builtin.aws.s3.aws0089 as check
import data.builtin.lib.aws_fixtures

bucket(name, values) := aws_fixtures.resource("aws_s3_bucket", name, values)

logging(from, to) := aws_fixtures.resource("aws_s3_bucket_logging", "example", {
	"bucket": from,
	"target_bucket": to,
})

of(name) := aws_fixtures.id_of("aws_s3_bucket", name)

test_no_logging_fails if {
	count(check.deny) == 1 with input as {"resources": [bucket("a", {})]}
}

test_logging_passes_for_both_buckets if {
	resources := [bucket("a", {}), bucket("b", {}), logging(of("a"), of("b"))]
	count(check.deny) == 0 with input as {"resources": resources}
}

test_logging_within_passes if {
	values := {"logging": [{"target_bucket": "elsewhere"}]}
	count(check.deny) == 0 with input as {"resources": [bucket("a", values)]}
}

test_a_bucket_for_logs_passes if {
	count(check.deny) == 0 with input as {"resources": [bucket("a", {"acl": "log-delivery-write"})]}
}

test_an_unknown_target_is_not_every_bucket if {
	resources := [bucket("a", {}), bucket("b", {"logging": [{"target_bucket": aws_fixtures.unknown}]})]
	count(check.deny) == 1 with input as {"resources": resources}
}

test_the_same_unknown_name_is_the_same_bucket if {
	resources := [bucket("a", {"bucket": aws_fixtures.unknown}), logging("b", aws_fixtures.unknown)]
	count(check.deny) == 0 with input as {"resources": resources}
}

test_what_is_not_known_makes_no_finding if {
	count(check.deny) == 0 with input as {"resources": [bucket("a", {"logging": aws_fixtures.unknown})]}
	count(check.deny) == 0 with input as {"resources": [bucket("a", {}), logging(aws_fixtures.unknown, "b")]}
}
