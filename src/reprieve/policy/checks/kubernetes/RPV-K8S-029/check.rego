# METADATA
# title: API service is trusted without checking its certificate
# description: >-
#   The API server passes requests, with the identity of their users, to whoever answers at the address
#   of the service.
# scope: package
# related_resources:
#   - https://kubernetes.io/docs/tasks/extend-kubernetes/configure-aggregation-layer/
# custom:
#   id: RPV-K8S-029
#   aliases: []
#   severity: HIGH
#   recommended_action: >-
#     Remove `insecureSkipTLSVerify` and give the certificate authority in `caBundle`.
#   compliance:
#     nsa: [encryption, control-plane-hardening]
#     nist-800-53: ["SC-8", "SC-23"]
#   input:
#     selector:
#       - type: kubernetes
#         subtypes:
#           - kind: APIService
package builtin.kubernetes.RPV_K8S_029

import rego.v1

import data.builtin.lib.kubernetes

deny contains res if {
	kubernetes.kind == "APIService"
	kubernetes.spec.insecureSkipTLSVerify == true
	res := result.new(sprintf("APIService '%s' is trusted without checking its certificate", [kubernetes.name]), kubernetes.spec)
}
