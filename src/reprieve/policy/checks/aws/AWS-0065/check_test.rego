package builtin.aws.kms.aws0065_test

import rego.v1

import data.builtin.aws.kms.aws0065 as check
import data.builtin.lib.aws_fixtures

test_not_set_fails if {
	count(check.deny) == 1 with input as aws_fixtures.one("aws_kms_key", {})
}

test_off_fails if {
	count(check.deny) == 1 with input as aws_fixtures.one("aws_kms_key", {"enable_key_rotation": false})
}

test_off_as_text_fails if {
	count(check.deny) == 1 with input as aws_fixtures.one("aws_kms_key", {"enable_key_rotation": "false"})
}

test_on_passes if {
	count(check.deny) == 0 with input as aws_fixtures.one("aws_kms_key", {"enable_key_rotation": true})
}

test_on_as_text_passes if {
	count(check.deny) == 0 with input as aws_fixtures.one("aws_kms_key", {"enable_key_rotation": "true"})
}

test_what_is_not_known_makes_no_finding if {
	count(check.deny) == 0 with input as aws_fixtures.one("aws_kms_key", {"enable_key_rotation": aws_fixtures.unknown})
}

test_a_key_for_signing_passes if {
	count(check.deny) == 0 with input as aws_fixtures.one("aws_kms_key", {"key_usage": "SIGN_VERIFY"})
}

test_a_key_pair_passes if {
	count(check.deny) == 0 with input as aws_fixtures.one("aws_kms_key", {"customer_master_key_spec": "RSA_2048"})
}
