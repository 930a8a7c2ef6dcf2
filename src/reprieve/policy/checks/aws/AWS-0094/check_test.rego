package builtin.aws.s3.aws0094_test

import rego.v1

import data.builtin.aws.s3.aws0094 as check
import data.builtin.lib.aws_fixtures

bucket := aws_fixtures.resource("aws_s3_bucket", "example", {})

beside(about) := {"resources": [
	bucket,
	aws_fixtures.resource("aws_s3_bucket_public_access_block", "example", {"bucket": about}),
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

test_one_of_an_unknown_bucket_makes_no_finding if {
	count(check.deny) == 0 with input as beside(aws_fixtures.unknown)
}
