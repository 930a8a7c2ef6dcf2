# METADATA
# title: Secret asks for a token that never expires
# description: >-
#   A secret of this type gets a token of the service account that stays valid until the secret is
#   deleted, wherever it has been copied to.
# scope: package
# related_resources:
#   - https://kubernetes.io/docs/concepts/configuration/secret/#serviceaccount-token-secrets
# custom:
#   id: RPV-K8S-027
#   aliases: []
#   severity: MEDIUM
#   recommended_action: >-
#     Use tokens that are projected into pods, or ask for a short-lived one with `kubectl create token`.
#   compliance:
#     nsa: [protecting-pod-service-account-tokens, secrets]
#     nist-800-53: ["IA-5"]
#   input:
#     selector:
#       - type: kubernetes
#         subtypes:
#           - kind: Secret
package builtin.kubernetes.RPV_K8S_027

import rego.v1

import data.builtin.lib.kubernetes

deny contains res if {
	kubernetes.kind == "Secret"
	kubernetes.object.type == "kubernetes.io/service-account-token"
	res := result.new(sprintf("Secret '%s' holds a service account token without end of validity", [kubernetes.name]), kubernetes.object)
}
