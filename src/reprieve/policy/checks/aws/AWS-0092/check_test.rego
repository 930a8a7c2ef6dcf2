package builtin.aws.s3.aws0092_test

import rego.v1

import data.builtin.aws.s3.aws0092 as check
import data.builtin.lib.aws_fixtures

bucket(acl) := aws_fixtures.resource("aws_s3_bucket", "example", {"acl": acl})

ignoring(setting) := aws_fixtures.resource("aws_s3_bucket_public_access_block", "example", {
	"bucket": aws_fixtures.id_of("aws_s3_bucket", "example"),
	"ignore_public_acls": setting,
})

test_a_public_list_fails if {
	every acl in ["public-read", "public-read-write", "authenticated-read"] {
		count(check.deny) == 1 with input as {"resources": [bucket(acl)]}
	}
}

test_a_list_of_its_own_fails if {
	list := aws_fixtures.resource("aws_s3_bucket_acl", "example", {"acl": "public-read"})
	count(check.deny) == 1 with input as {"resources": [list]}
}

test_a_grant_to_everybody_fails if {
	values := {"access_control_policy": [{"grant": [{"grantee": [{"uri": "http://acs.amazonaws.com/groups/global/AllUsers"}]}]}]}
	count(check.deny) == 1 with input as aws_fixtures.one("aws_s3_bucket_acl", values)
}

test_a_private_list_passes if {
	count(check.deny) == 0 with input as {"resources": [bucket("private")]}
	count(check.deny) == 0 with input as {"resources": [bucket(null)]}
}

test_a_list_that_is_ignored_passes if {
	count(check.deny) == 0 with input as {"resources": [bucket("public-read"), ignoring(true)]}
	count(check.deny) == 1 with input as {"resources": [bucket("public-read"), ignoring(false)]}
}

test_an_unknown_list_makes_no_finding if {
	count(check.deny) == 0 with input as {"resources": [bucket(aws_fixtures.unknown)]}
}
