# METADATA
# title: Default service account hands out its token
# description: >-
#   Pods that name no service account get the token of `default`, although hardly any of them calls the
#   Kubernetes API.
# scope: package
# related_resources:
#   - https://kubernetes.io/docs/tasks/configure-pod-container/configure-service-account/
# custom:
#   id: RPV-K8S-026
#   aliases: []
#   severity: LOW
#   recommended_action: >-
#     Set `automountServiceAccountToken` to false on the service account `default`.
#   compliance:
#     cis-k8s: ["5.1.5"]
#     nsa: [protecting-pod-service-account-tokens]
#     nist-800-53: ["AC-6"]
#   input:
#     selector:
#       - type: kubernetes
#         subtypes:
#           - kind: ServiceAccount
package builtin.kubernetes.RPV_K8S_026

import rego.v1

import data.builtin.lib.kubernetes

deny contains res if {
	kubernetes.kind == "ServiceAccount"
	kubernetes.name == "default"
	not kubernetes.object.automountServiceAccountToken == false
	res := result.new(
		sprintf("ServiceAccount 'default' of namespace '%s' should set 'automountServiceAccountToken' to false", [kubernetes.namespace]),
		kubernetes.object,
	)
}
