# METADATA
# title: Namespace enforces no pod security level
# description: >-
#   Without a level, or with `privileged`, the cluster accepts any pod in the namespace, those that take
#   over their node included.
# scope: package
# related_resources:
#   - https://kubernetes.io/docs/concepts/security/pod-security-admission/
# custom:
#   id: RPV-K8S-030
#   aliases: []
#   severity: MEDIUM
#   recommended_action: >-
#     Label the namespace with `pod-security.kubernetes.io/enforce: restricted`, or `baseline` where that
#     is not possible.
#   compliance:
#     cis-k8s: ["5.2.1"]
#     nsa: [pod-security-enforcement]
#     nist-800-53: ["CM-6", "CM-7"]
#   input:
#     selector:
#       - type: kubernetes
#         subtypes:
#           - kind: Namespace
package builtin.kubernetes.RPV_K8S_030

import rego.v1

import data.builtin.lib.kubernetes

label := "pod-security.kubernetes.io/enforce"

deny contains res if {
	kubernetes.is_namespace
	not startswith(kubernetes.name, "kube-")
	not enforces
	res := result.new(sprintf("Namespace '%s' enforces no pod security level", [kubernetes.name]), kubernetes.metadata)
}

enforces if kubernetes.labels[label] in {"baseline", "restricted"}
