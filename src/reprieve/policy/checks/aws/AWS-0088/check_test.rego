package builtin.aws.s3.aws0088_test

import rego.v1

import data.builtin.aws.s3.aws0088 as check
import data.builtin.lib.aws_fixtures

bucket := aws_fixtures.resource("aws_s3_bucket", "example", {})

beside(about) := {"resources": [
	bucket,
	aws_fixtures.resource("aws_s3_bucket_server_side_encryption_configuration", "example", {"bucket": about}),
]}

test_none_fails if {
	count(check.deny) == 1 with input as {"resources": [bucket]}
}

test_one_of_another_bucket_fails if {
	count(check.deny) == 1 with input as beside("other")
}

test_one_of_its_own_passes if {
	count(check.deny) == 0 with input as beside(aws_fixtures.id_of("aws_s3_bucket", "example"))
}

test_one_within_passes if {
	values := {"server_side_encryption_configuration": [{"rule": [{}]}]}
	count(check.deny) == 0 with input as aws_fixtures.one("aws_s3_bucket", values)
}

test_what_is_not_known_makes_no_finding if {
	count(check.deny) == 0 with input as beside(aws_fixtures.unknown)
	values := {"server_side_encryption_configuration": aws_fixtures.unknown}
	count(check.deny) == 0 with input as aws_fixtures.one("aws_s3_bucket", values)
}
