# METADATA
# title: EKS clusters have a public endpoint
# description: The Kubernetes API is then reachable from the internet, and protected by its authentication alone.
# scope: package
# related_resources:
#   - https://docs.aws.amazon.com/eks/latest/userguide/cluster-endpoint.html
# custom:
#   id: AWS-0040
#   aliases: []
#   severity: CRITICAL
#   recommended_action: Set `endpoint_public_access = false` in `vpc_config`.
#   compliance:
#     nist-800-53: ["AC-4", "SC-7"]
#   input:
#     selector:
#       - type: cloud
package builtin.aws.eks.aws0040

import rego.v1

import data.builtin.lib.aws

deny contains res if {
	some cluster in aws.of_type("aws_eks_cluster")
	some config in aws.blocks(cluster.values, "vpc_config")
	public(config)
	res := result.new(sprintf("'%s' has a public endpoint", [aws.label(cluster)]), config)
}

# On unless it is switched off.
public(config) if object.get(config, "endpoint_public_access", null) in [null, true, "true"]
