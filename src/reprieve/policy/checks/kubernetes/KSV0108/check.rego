# METADATA
# title: Service claims external addresses
# description: >-
#   `externalIPs` draws traffic for any address to the service, those of others included: a way to
#   intercept connections within the cluster (CVE-2020-8554).
# scope: package
# related_resources:
#   - https://kubernetes.io/docs/concepts/services-networking/service/#external-ips
# custom:
#   id: KSV0108
#   aliases: [KSV108]
#   severity: HIGH
#   recommended_action: >-
#     Remove `externalIPs`; use a load balancer or an ingress to make the service reachable.
#   compliance:
#     nsa: [network-policies]
#     nist-800-53: ["SC-7"]
#   input:
#     selector:
#       - type: kubernetes
#         subtypes:
#           - kind: Service
package builtin.kubernetes.KSV0108

import rego.v1

import data.builtin.lib.fields
import data.builtin.lib.kubernetes

deny contains res if {
	kubernetes.is_service
	addresses := fields.strings(kubernetes.spec, "externalIPs")
	count(addresses) > 0
	res := result.new(sprintf("Service '%s' claims external addresses: %s", [kubernetes.name, concat(", ", addresses)]), kubernetes.spec)
}
