package builtin.aws.rds.aws0079_test

import rego.v1

import data.builtin.aws.rds.aws0079 as check
import data.builtin.lib.aws_fixtures

test_not_set_fails if {
	count(check.deny) == 1 with input as aws_fixtures.one("aws_rds_cluster", {})
}

test_off_fails if {
	count(check.deny) == 1 with input as aws_fixtures.one("aws_rds_cluster", {"storage_encrypted": false})
}

test_off_as_text_fails if {
	count(check.deny) == 1 with input as aws_fixtures.one("aws_rds_cluster", {"storage_encrypted": "false"})
}

test_on_passes if {
	count(check.deny) == 0 with input as aws_fixtures.one("aws_rds_cluster", {"storage_encrypted": true})
}

test_on_as_text_passes if {
	count(check.deny) == 0 with input as aws_fixtures.one("aws_rds_cluster", {"storage_encrypted": "true"})
}

test_what_is_not_known_makes_no_finding if {
	count(check.deny) == 0 with input as aws_fixtures.one("aws_rds_cluster", {"storage_encrypted": aws_fixtures.unknown})
}

test_a_copy_takes_it_from_its_source if {
	count(check.deny) == 0 with input as aws_fixtures.one("aws_rds_cluster", {"replication_source_identifier": "other"})
}

test_serverless_v1_is_always_encrypted if {
	count(check.deny) == 0 with input as aws_fixtures.one("aws_rds_cluster", {"engine_mode": "serverless"})
}
