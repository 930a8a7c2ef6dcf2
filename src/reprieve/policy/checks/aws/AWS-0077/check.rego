# METADATA
# title: Databases keep backups for a day or less
# description: A mistake that is noticed after the weekend can then no longer be undone.
# scope: package
# related_resources:
#   - https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_WorkingWithAutomatedBackups.html
# custom:
#   id: AWS-0077
#   aliases: []
#   severity: MEDIUM
#   recommended_action: Set `backup_retention_period` to the days that a recovery may need, at least 2.
#   compliance:
#     nist-800-53: ["CP-9"]
#   input:
#     selector:
#       - type: cloud
package builtin.aws.rds.aws0077

import rego.v1

import data.builtin.lib.aws

deny contains res if {
	some resource in aws.of_types(["aws_db_instance", "aws_rds_cluster"])
	days := retention(resource)
	days < 2
	is_source(resource)
	res := result.new(sprintf("'%s' keeps backups for %v days", [aws.label(resource), days]), resource)
}

retention(resource) := aws.number(resource.values, "backup_retention_period")

# What applies where nothing is set.
retention(resource) := defaults[resource.type] if aws.missing(resource.values, "backup_retention_period")

defaults := {"aws_db_instance": 0, "aws_rds_cluster": 1}

# Replicas and members of a cluster are not backed up by themselves.
is_source(resource) if {
	every source in sources[resource.type] {
		aws.missing(resource.values, source)
	}
}

sources := {
	"aws_db_instance": ["cluster_identifier", "replicate_source_db"],
	"aws_rds_cluster": ["replication_source_identifier"],
}
