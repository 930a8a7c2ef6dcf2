# METADATA
# title: EKS clusters do not log the whole control plane
# description: Without these logs nobody can tell who did what in the cluster.
# scope: package
# related_resources:
#   - https://docs.aws.amazon.com/eks/latest/userguide/control-plane-logs.html
# custom:
#   id: AWS-0038
#   aliases: []
#   severity: MEDIUM
#   recommended_action: List all five types in `enabled_cluster_log_types`.
#   compliance:
#     nist-800-53: ["AU-2", "AU-12"]
#   input:
#     selector:
#       - type: cloud
package builtin.aws.eks.aws0038

import rego.v1

import data.builtin.lib.aws

wanted := {"api", "audit", "authenticator", "controllermanager", "scheduler"}

deny contains res if {
	some cluster in aws.of_type("aws_eks_cluster")
	types := object.get(cluster.values, "enabled_cluster_log_types", null)
	not aws.unresolved(types)
	not unresolved_within(types)
	lacking := wanted - enabled(types)
	count(lacking) > 0
	res := result.new(sprintf("'%s' does not log: %s", [aws.label(cluster), concat(", ", lacking)]), cluster)
}

enabled(types) := {lower(name) |
	some item in listed(types)
	some name in [item, object.get(as_object(item), "type", null)]
	is_string(name)
}

listed(types) := types if is_array(types)

listed(types) := [] if not is_array(types)

# CloudFormation has an object for each type.
as_object(item) := item if is_object(item)

as_object(item) := {} if not is_object(item)

unresolved_within(types) if {
	some item in listed(types)
	aws.unresolved(item)
}
