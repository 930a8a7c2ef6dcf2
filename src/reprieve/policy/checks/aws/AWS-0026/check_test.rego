package builtin.aws.ec2.aws0026_test

import rego.v1

import data.builtin.aws.ec2.aws0026 as check
import data.builtin.lib.aws_fixtures

test_not_set_fails if {
	count(check.deny) == 1 with input as aws_fixtures.one("aws_ebs_volume", {})
}

test_off_fails if {
	count(check.deny) == 1 with input as aws_fixtures.one("aws_ebs_volume", {"encrypted": false})
}

test_off_as_text_fails if {
	count(check.deny) == 1 with input as aws_fixtures.one("aws_ebs_volume", {"encrypted": "false"})
}

test_on_passes if {
	count(check.deny) == 0 with input as aws_fixtures.one("aws_ebs_volume", {"encrypted": true})
}

test_on_as_text_passes if {
	count(check.deny) == 0 with input as aws_fixtures.one("aws_ebs_volume", {"encrypted": "true"})
}

test_what_is_not_known_makes_no_finding if {
	count(check.deny) == 0 with input as aws_fixtures.one("aws_ebs_volume", {"encrypted": aws_fixtures.unknown})
}

test_a_volume_from_a_snapshot_passes if {
	count(check.deny) == 0 with input as aws_fixtures.one("aws_ebs_volume", {"snapshot_id": "snap-1"})
}
