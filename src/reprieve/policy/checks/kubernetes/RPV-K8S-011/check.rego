# METADATA
# title: Load balancer is open to every address
# description: >-
#   Without source ranges a load balancer accepts connections from anywhere, so that a database or an
#   internal page is found by the next scan of the internet.
# scope: package
# related_resources:
#   - https://kubernetes.io/docs/concepts/services-networking/service/#loadbalancer
# custom:
#   id: RPV-K8S-011
#   aliases: []
#   severity: MEDIUM
#   recommended_action: >-
#     List the address ranges that may connect in `loadBalancerSourceRanges`, or ask for an internal load
#     balancer.
#   compliance:
#     nsa: [network-policies]
#     nist-800-53: ["AC-4", "SC-7"]
#   input:
#     selector:
#       - type: kubernetes
#         subtypes:
#           - kind: Service
package builtin.kubernetes.RPV_K8S_011

import rego.v1

import data.builtin.lib.fields
import data.builtin.lib.kubernetes

deny contains res if {
	kubernetes.is_service
	kubernetes.spec.type == "LoadBalancer"
	not is_internal
	not is_restricted
	res := result.new(sprintf("Service '%s' opens a load balancer to every address", [kubernetes.name]), kubernetes.spec)
}

is_restricted if {
	ranges := fields.strings(kubernetes.spec, "loadBalancerSourceRanges")
	count(ranges) > 0
	not "0.0.0.0/0" in ranges
	not "::/0" in ranges
}

is_restricted if {
	ranges := annotations["service.beta.kubernetes.io/load-balancer-source-ranges"]
	ranges != ""
	not contains(ranges, "0.0.0.0/0")
}

# Each cloud has an annotation of its own for a load balancer that has no public address.
is_internal if {
	some name, value in annotations
	regex.match(`(load-?balancer|lb).*(internal|scheme|type)|internal-load-balancer`, name)
	lower(value) in {"internal", "true", "0.0.0.0/0", "private", "intranet"}
}

annotations := fields.texts(kubernetes.metadata, "annotations")
