# METADATA
# title: Ingress takes pieces of proxy configuration
# description: >-
#   Snippet annotations go into the configuration of the proxy as they are. Who writes the ingress can
#   read all secrets that the controller sees (CVE-2021-25742) or run code in it.
# scope: package
# related_resources:
#   - https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/annotations/
#   - https://nvd.nist.gov/vuln/detail/CVE-2021-25742
# custom:
#   id: RPV-K8S-028
#   aliases: []
#   severity: HIGH
#   recommended_action: >-
#     Remove the annotation and use those that stand for a single setting; forbid snippets in the settings
#     of the controller.
#   compliance:
#     nsa: [secrets]
#     nist-800-53: ["AC-6", "CM-7"]
#   input:
#     selector:
#       - type: kubernetes
#         subtypes:
#           - kind: Ingress
package builtin.kubernetes.RPV_K8S_028

import rego.v1

import data.builtin.lib.fields
import data.builtin.lib.kubernetes

deny contains res if {
	kubernetes.kind == "Ingress"
	some name, _ in fields.texts(kubernetes.metadata, "annotations")
	regex.match(`^nginx\.(ingress\.kubernetes\.io|org)/.*-snippets?$`, name)
	res := result.new(sprintf("Ingress '%s' puts configuration of its own into the proxy with '%s'", [kubernetes.name, name]), kubernetes.metadata.annotations)
}
