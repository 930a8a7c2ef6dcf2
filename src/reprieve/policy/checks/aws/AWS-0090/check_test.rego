package builtin.aws.s3.aws0090_test

import rego.v1

import data.builtin.aws.s3.aws0090 as check
import data.builtin.lib.aws_fixtures

bucket(values) := aws_fixtures.resource("aws_s3_bucket", "example", values)

beside(status) := {"resources": [
	bucket({}),
	aws_fixtures.resource("aws_s3_bucket_versioning", "example", {
		"bucket": aws_fixtures.id_of("aws_s3_bucket", "example"),
		"versioning_configuration": [{"status": status}],
	}),
]}

test_none_fails_on_the_bucket if {
	some res in check.deny with input as {"resources": [bucket({})]}
	res.msg == "Bucket 'aws_s3_bucket.example' is not versioned"
}

test_suspended_fails if {
	count(check.deny) == 1 with input as beside("Suspended")
}

test_switched_off_within_fails if {
	count(check.deny) == 1 with input as {"resources": [bucket({"versioning": [{"enabled": false}]})]}
}

test_enabled_passes if {
	count(check.deny) == 0 with input as beside("Enabled")
	count(check.deny) == 0 with input as {"resources": [bucket({"versioning": [{"enabled": true}]})]}
}

test_an_unknown_status_makes_no_finding if {
	count(check.deny) == 0 with input as beside(aws_fixtures.unknown)
	count(check.deny) == 0 with input as {"resources": [bucket({"versioning": aws_fixtures.unknown})]}
}
