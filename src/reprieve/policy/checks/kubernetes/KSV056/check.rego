# METADATA
# title: Role can change the network of the cluster
# description: >-
#   Services, endpoints and ingresses decide where traffic goes: who writes them can lead it to their
#   own pods. Who writes network policies can lift the barriers between applications.
# scope: package
# related_resources:
#   - https://kubernetes.io/docs/concepts/security/rbac-good-practices/
# custom:
#   id: KSV056
#   aliases: []
#   severity: HIGH
#   recommended_action: >-
#     Grant reading only, and leave changes of the network to the tool that deploys.
#   compliance:
#     nsa: [role-based-access-control, network-policies]
#     nist-800-53: ["AC-6", "SC-7"]
#   input:
#     selector:
#       - type: kubernetes
#         subtypes:
#           - kind: ClusterRole
#           - kind: Role
package builtin.kubernetes.KSV056

import rego.v1

import data.builtin.lib.rbac

resources := {"endpoints", "endpointslices", "ingresses", "networkpolicies", "services"}

deny contains res if {
	some grant in rbac.allowing_any(resources, rbac.write_verbs)
	res := result.new(sprintf("%s lets its subjects change %s", [grant.title, rbac.listed(grant, resources)]), grant.rule)
}
