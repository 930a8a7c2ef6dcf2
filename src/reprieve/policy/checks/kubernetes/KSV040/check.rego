# METADATA
# title: Resource quota leaves processor or memory open
# description: >-
#   A quota that bounds only one of processor and memory still lets a namespace use up all of the other,
#   to the harm of everybody else in the cluster.
# scope: package
# related_resources:
#   - https://kubernetes.io/docs/concepts/policy/resource-quotas/
# custom:
#   id: KSV040
#   aliases: []
#   severity: LOW
#   recommended_action: >-
#     Bound both, with `requests.cpu`, `requests.memory`, `limits.cpu` and `limits.memory`.
#   compliance:
#     nsa: [resource-policies]
#     nist-800-53: ["SC-5", "SC-6"]
#   input:
#     selector:
#       - type: kubernetes
#         subtypes:
#           - kind: ResourceQuota
package builtin.kubernetes.KSV040

import rego.v1

import data.builtin.lib.kubernetes

deny contains res if {
	kubernetes.kind == "ResourceQuota"
	count(bounds) == 0
	res := result.new(sprintf("ResourceQuota '%s' bounds nothing", [kubernetes.name]), kubernetes.object)
}

# A quota that only counts objects or storage is left alone: another one may bound the rest.
deny contains res if {
	kubernetes.kind == "ResourceQuota"
	some bounded, open in {"cpu": "memory", "memory": "cpu"}
	is_bounded(bounded)
	not is_bounded(open)
	res := result.new(sprintf("ResourceQuota '%s' bounds %s but not %s", [kubernetes.name, bounded, open]), kubernetes.spec.hard)
}

bounds contains name if {
	is_object(kubernetes.spec.hard)
	some name, _ in kubernetes.spec.hard
}

is_bounded(resource) if count(bounds & {resource, concat(".", ["requests", resource]), concat(".", ["limits", resource])}) > 0
