package builtin.aws.rds.aws0180_test

import rego.v1

import data.builtin.aws.rds.aws0180 as check
import data.builtin.lib.aws_fixtures

test_on_fails if {
	count(check.deny) == 1 with input as aws_fixtures.one("aws_db_instance", {"publicly_accessible": true})
}

test_on_as_text_fails if {
	count(check.deny) == 1 with input as aws_fixtures.one("aws_db_instance", {"publicly_accessible": "true"})
}

test_off_passes if {
	count(check.deny) == 0 with input as aws_fixtures.one("aws_db_instance", {"publicly_accessible": false})
}

test_not_set_passes if {
	count(check.deny) == 0 with input as aws_fixtures.one("aws_db_instance", {})
}

test_what_is_not_known_makes_no_finding if {
	count(check.deny) == 0 with input as aws_fixtures.one("aws_db_instance", {"publicly_accessible": aws_fixtures.unknown})
}

test_a_member_of_a_cluster_fails if {
	count(check.deny) == 1 with input as aws_fixtures.one("aws_rds_cluster_instance", {"publicly_accessible": true})
}
