# METADATA
# title: EKS clusters do not encrypt secrets with a key of one's own
# description: Kubernetes secrets are then protected by the encryption of the disk alone, and not by who may use a key.
# scope: package
# related_resources:
#   - https://docs.aws.amazon.com/eks/latest/userguide/enable-kms.html
# custom:
#   id: AWS-0039
#   aliases: []
#   severity: HIGH
#   recommended_action: Add an `encryption_config` for the resource `secrets`.
#   compliance:
#     nist-800-53: ["SC-28", "SC-12"]
#   input:
#     selector:
#       - type: cloud
package builtin.aws.eks.aws0039

import rego.v1

import data.builtin.lib.aws

deny contains res if {
	some cluster in aws.of_type("aws_eks_cluster")
	not aws.unresolved(object.get(cluster.values, "encryption_config", null))
	not encrypts_secrets(cluster)
	res := result.new(sprintf("'%s' does not encrypt secrets", [aws.label(cluster)]), cluster)
}

encrypts_secrets(cluster) if {
	some config in aws.blocks(cluster.values, "encryption_config")
	some kind in aws.items(object.get(config, "resources", null))
	may_be_secrets(kind)
}

may_be_secrets(kind) if kind == "secrets"

may_be_secrets(kind) if aws.unresolved(kind)
