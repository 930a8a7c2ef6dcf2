package builtin.aws.ec2.aws0131_test

import rego.v1

import data.builtin.aws.ec2.aws0131 as check
import data.builtin.lib.aws_fixtures

instance(root, other) := aws_fixtures.one("aws_instance", {
	"root_block_device": [root],
	"ebs_block_device": [other],
})

test_disks_that_are_not_encrypted_fail if {
	count(check.deny) == 2 with input as instance({}, {"encrypted": false})
}

test_an_instance_that_says_nothing_fails if {
	count(check.deny) == 1 with input as aws_fixtures.one("aws_instance", {})
}

test_encrypted_disks_pass if {
	count(check.deny) == 0 with input as instance({"encrypted": true}, {"encrypted": "true"})
}

test_a_disk_from_a_snapshot_passes if {
	count(check.deny) == 0 with input as instance({"encrypted": true}, {"snapshot_id": "snap-1"})
}

test_what_is_not_known_makes_no_finding if {
	count(check.deny) == 0 with input as instance({"encrypted": aws_fixtures.unknown}, {"encrypted": true})
	count(check.deny) == 0 with input as aws_fixtures.one("aws_instance", {"root_block_device": aws_fixtures.unknown})
}
