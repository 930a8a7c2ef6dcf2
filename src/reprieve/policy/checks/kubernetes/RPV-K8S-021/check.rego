# METADATA
# title: Role can approve certificate requests
# description: >-
#   A certificate that the cluster signs is an identity. Whoever approves requests can have one signed
#   for any user or node that the signer accepts.
# scope: package
# related_resources:
#   - https://kubernetes.io/docs/concepts/security/rbac-good-practices/#csrs-and-certificate-issuing
# custom:
#   id: RPV-K8S-021
#   aliases: []
#   severity: HIGH
#   recommended_action: >-
#     Leave approval to the controllers of the cluster and its administrators.
#   compliance:
#     cis-k8s: ["5.1.11"]
#     nsa: [role-based-access-control, authentication]
#     nist-800-53: ["AC-6", "IA-5"]
#   input:
#     selector:
#       - type: kubernetes
#         subtypes:
#           - kind: ClusterRole
#           - kind: Role
package builtin.kubernetes.RPV_K8S_021

import rego.v1

import data.builtin.lib.rbac

deny contains res if {
	some grant in rbac.allowing_any({"certificatesigningrequests/approval"}, {"update", "patch"})
	res := result.new(sprintf("%s lets its subjects approve certificate requests", [grant.title]), grant.rule)
}
