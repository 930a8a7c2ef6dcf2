package builtin.aws.elasticache.aws0045_test

import rego.v1

import data.builtin.aws.elasticache.aws0045 as check
import data.builtin.lib.aws_fixtures

test_not_set_fails if {
	count(check.deny) == 1 with input as aws_fixtures.one("aws_elasticache_replication_group", {})
}

test_off_fails if {
	count(check.deny) == 1 with input as aws_fixtures.one("aws_elasticache_replication_group", {"at_rest_encryption_enabled": false})
}

test_off_as_text_fails if {
	count(check.deny) == 1 with input as aws_fixtures.one("aws_elasticache_replication_group", {"at_rest_encryption_enabled": "false"})
}

test_on_passes if {
	count(check.deny) == 0 with input as aws_fixtures.one("aws_elasticache_replication_group", {"at_rest_encryption_enabled": true})
}

test_on_as_text_passes if {
	count(check.deny) == 0 with input as aws_fixtures.one("aws_elasticache_replication_group", {"at_rest_encryption_enabled": "true"})
}

test_what_is_not_known_makes_no_finding if {
	count(check.deny) == 0 with input as aws_fixtures.one("aws_elasticache_replication_group", {"at_rest_encryption_enabled": aws_fixtures.unknown})
}
