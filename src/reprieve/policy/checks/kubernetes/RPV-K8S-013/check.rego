# METADATA
# title: Ingress without TLS
# description: >-
#   Without TLS, logins and data pass the network in the clear, and can be read and changed on the way.
# scope: package
# related_resources:
#   - https://kubernetes.io/docs/concepts/services-networking/ingress/#tls
# custom:
#   id: RPV-K8S-013
#   aliases: []
#   severity: MEDIUM
#   recommended_action: >-
#     Add a `tls` section that names the hosts and a secret with their certificate.
#   compliance:
#     nsa: [encryption]
#     nist-800-53: ["SC-8"]
#   input:
#     selector:
#       - type: kubernetes
#         subtypes:
#           - kind: Ingress
package builtin.kubernetes.RPV_K8S_013

import rego.v1

import data.builtin.lib.fields
import data.builtin.lib.kubernetes

deny contains res if {
	kubernetes.kind == "Ingress"
	count(fields.objects(kubernetes.spec, "tls")) == 0
	not tls_by_annotation
	res := result.new(sprintf("Ingress '%s' has no TLS", [kubernetes.name]), kubernetes.spec)
}

# Controllers that take the certificate from their cloud, or from their own settings.
certificate_annotations := {
	"alb.ingress.kubernetes.io/certificate-arn",
	"appgw.ingress.kubernetes.io/appgw-ssl-certificate",
	"ingress.gcp.kubernetes.io/pre-shared-cert",
	"networking.gke.io/managed-certificates",
	"route.openshift.io/termination",
	"traefik.ingress.kubernetes.io/router.tls",
	"traefik.ingress.kubernetes.io/router.tls.certresolver",
}

tls_by_annotation if {
	some name, value in fields.texts(kubernetes.metadata, "annotations")
	name in certificate_annotations
	not value in {"", "false"}
}
