# METADATA
# title: Role can add containers to running pods
# description: >-
#   An ephemeral container joins a running pod with an image of one's choice, and sees its processes,
#   volumes and network.
# scope: package
# related_resources:
#   - https://kubernetes.io/docs/concepts/workloads/pods/ephemeral-containers/
# custom:
#   id: RPV-K8S-018
#   aliases: []
#   severity: HIGH
#   recommended_action: >-
#     Leave out `pods/ephemeralcontainers`, or give it for a limited time when it is needed.
#   compliance:
#     nsa: [role-based-access-control]
#     nist-800-53: ["AC-6"]
#   input:
#     selector:
#       - type: kubernetes
#         subtypes:
#           - kind: ClusterRole
#           - kind: Role
package builtin.kubernetes.RPV_K8S_018

import rego.v1

import data.builtin.lib.rbac

deny contains res if {
	some grant in rbac.allowing_any({"pods/ephemeralcontainers"}, {"update", "patch"})
	res := result.new(sprintf("%s lets its subjects add containers to any running pod", [grant.title]), grant.rule)
}
