package builtin.aws.rds.aws0080_test

import rego.v1

import data.builtin.aws.rds.aws0080 as check
import data.builtin.lib.aws_fixtures

test_not_set_fails if {
	count(check.deny) == 1 with input as aws_fixtures.one("aws_db_instance", {})
}

test_off_fails if {
	count(check.deny) == 1 with input as aws_fixtures.one("aws_db_instance", {"storage_encrypted": false})
}

test_off_as_text_fails if {
	count(check.deny) == 1 with input as aws_fixtures.one("aws_db_instance", {"storage_encrypted": "false"})
}

test_on_passes if {
	count(check.deny) == 0 with input as aws_fixtures.one("aws_db_instance", {"storage_encrypted": true})
}

test_on_as_text_passes if {
	count(check.deny) == 0 with input as aws_fixtures.one("aws_db_instance", {"storage_encrypted": "true"})
}

test_what_is_not_known_makes_no_finding if {
	count(check.deny) == 0 with input as aws_fixtures.one("aws_db_instance", {"storage_encrypted": aws_fixtures.unknown})
}

test_an_instance_takes_it_from_its_source if {
	count(check.deny) == 0 with input as aws_fixtures.one("aws_db_instance", {"replicate_source_db": "other"})
}

test_an_instance_takes_it_from_its_cluster if {
	count(check.deny) == 0 with input as aws_fixtures.one("aws_db_instance", {"cluster_identifier": aws_fixtures.id_of("aws_rds_cluster", "c")})
}
