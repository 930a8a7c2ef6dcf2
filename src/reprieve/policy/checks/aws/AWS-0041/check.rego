# METADATA
# title: EKS clusters let every address reach the public endpoint
# description: A public endpoint can at least be kept to the networks of those who work with it.
# scope: package
# related_resources:
#   - https://docs.aws.amazon.com/eks/latest/userguide/cluster-endpoint.html
# custom:
#   id: AWS-0041
#   aliases: []
#   severity: CRITICAL
#   recommended_action: Set `public_access_cidrs` in `vpc_config` to known networks, or switch the public endpoint off.
#   compliance:
#     nist-800-53: ["AC-4", "SC-7"]
#   input:
#     selector:
#       - type: cloud
package builtin.aws.eks.aws0041

import rego.v1

import data.builtin.lib.aws

deny contains res if {
	some cluster in aws.of_type("aws_eks_cluster")
	some config in aws.blocks(cluster.values, "vpc_config")
	object.get(config, "endpoint_public_access", null) in [null, true, "true"]
	some range in ranges(config)
	is_string(range)
	endswith(range, "/0")
	res := result.new(sprintf("'%s' lets %s reach its public endpoint", [aws.label(cluster), range]), config)
}

ranges(config) := aws.items(config.public_access_cidrs) if not aws.missing(config, "public_access_cidrs")

# What applies where nothing is set.
ranges(config) := ["0.0.0.0/0"] if aws.missing(config, "public_access_cidrs")
