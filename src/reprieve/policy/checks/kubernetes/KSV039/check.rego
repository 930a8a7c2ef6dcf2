# METADATA
# title: Limit range leaves containers without limit
# description: >-
#   A limit range that gives containers no default and no maximum for processor and memory lets a single
#   container use up a node.
# scope: package
# related_resources:
#   - https://kubernetes.io/docs/concepts/policy/limit-range/
# custom:
#   id: KSV039
#   aliases: []
#   severity: LOW
#   recommended_action: >-
#     Give the entry of type `Container` a `default` or a `max` for `cpu` and `memory`.
#   compliance:
#     nsa: [resource-policies]
#     nist-800-53: ["SC-5", "SC-6"]
#   input:
#     selector:
#       - type: kubernetes
#         subtypes:
#           - kind: LimitRange
package builtin.kubernetes.KSV039

import rego.v1

import data.builtin.lib.fields
import data.builtin.lib.kubernetes
import data.builtin.lib.utils

deny contains res if {
	kubernetes.kind == "LimitRange"
	count(fields.objects(kubernetes.spec, "limits")) == 0
	res := result.new(sprintf("LimitRange '%s' limits nothing", [kubernetes.name]), kubernetes.object)
}

deny contains res if {
	kubernetes.kind == "LimitRange"
	some limit in fields.objects(kubernetes.spec, "limits")
	limit.type == "Container"
	some resource in ["cpu", "memory"]
	not limited(limit, resource)
	res := result.new(sprintf("LimitRange '%s' gives containers no default or maximum of %s", [kubernetes.name, resource]), limit)
}

# Kubernetes takes the maximum as default where there is no other.
limited(limit, resource) if {
	some field in ["default", "max"]
	utils.has_key(limit[field], resource)
}
