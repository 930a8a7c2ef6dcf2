# METADATA
# title: Role can change who EKS lets in
# description: >-
#   On EKS the config map `aws-auth` maps AWS identities to users and groups of the cluster. Who writes
#   it can map any identity to `system:masters`.
# scope: package
# related_resources:
#   - https://docs.aws.amazon.com/eks/latest/userguide/auth-configmap.html
# custom:
#   id: KSV115
#   aliases: []
#   severity: CRITICAL
#   recommended_action: >-
#     Take `aws-auth` out of the rule, and manage access with EKS access entries.
#   compliance:
#     nsa: [role-based-access-control, authentication]
#     nist-800-53: ["AC-2", "AC-6"]
#   input:
#     selector:
#       - type: kubernetes
#         subtypes:
#           - kind: ClusterRole
#           - kind: Role
package builtin.kubernetes.KSV115

import rego.v1

import data.builtin.lib.rbac

deny contains res if {
	some grant in rbac.allowing({"configmaps"}, rbac.write_verbs)
	"aws-auth" in grant.names
	res := result.new(sprintf("%s lets its subjects change the config map aws-auth", [grant.title]), grant.rule)
}
