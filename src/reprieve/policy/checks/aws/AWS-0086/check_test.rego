package builtin.aws.s3.aws0086_test

import rego.v1

import data.builtin.aws.s3.aws0086 as check
import data.builtin.lib.aws_fixtures

bucket := aws_fixtures.resource("aws_s3_bucket", "example", {"bucket": "example"})

access_block(about, setting) := aws_fixtures.resource(
	"aws_s3_bucket_public_access_block", "example",
	{"bucket": about, "block_public_acls": setting},
)

both(about, setting) := {"resources": [bucket, access_block(about, setting)]}

by_id := aws_fixtures.id_of("aws_s3_bucket", "example")

test_a_bucket_without_a_block_fails if {
	count(check.deny) == 1 with input as {"resources": [bucket]}
}

test_a_block_without_the_setting_fails if {
	count(check.deny) == 1 with input as both(by_id, false)
	count(check.deny) == 1 with input as both(by_id, null)
}

test_the_setting_passes if {
	count(check.deny) == 0 with input as both(by_id, true)
	count(check.deny) == 0 with input as both("example", "true")
}

test_a_block_of_another_bucket_does_not_count if {
	count(check.deny) == 1 with input as both("other", true)
}

test_what_is_not_known_makes_no_finding if {
	count(check.deny) == 0 with input as both(by_id, aws_fixtures.unknown)
	count(check.deny) == 0 with input as both(aws_fixtures.unknown, true)
}
