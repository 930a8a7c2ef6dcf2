package builtin.aws.rds.aws0077_test

import rego.v1

import data.builtin.aws.rds.aws0077 as check
import data.builtin.lib.aws_fixtures

test_not_set_fails if {
	count(check.deny) == 1 with input as aws_fixtures.one("aws_db_instance", {})
}

test_a_day_fails if {
	count(check.deny) == 1 with input as aws_fixtures.one("aws_db_instance", {"backup_retention_period": 1})
}

test_none_fails if {
	count(check.deny) == 1 with input as aws_fixtures.one("aws_db_instance", {"backup_retention_period": "0"})
}

test_a_week_passes if {
	count(check.deny) == 0 with input as aws_fixtures.one("aws_db_instance", {"backup_retention_period": 7})
}

test_a_replica_passes if {
	count(check.deny) == 0 with input as aws_fixtures.one("aws_db_instance", {"replicate_source_db": "other"})
}

test_what_is_not_known_makes_no_finding if {
	count(check.deny) == 0 with input as aws_fixtures.one("aws_db_instance", {"backup_retention_period": aws_fixtures.unknown})
}

test_a_cluster_without_it_fails if {
	count(check.deny) == 1 with input as aws_fixtures.one("aws_rds_cluster", {})
}

test_a_cluster_with_a_week_passes if {
	count(check.deny) == 0 with input as aws_fixtures.one("aws_rds_cluster", {"backup_retention_period": "7"})
}
