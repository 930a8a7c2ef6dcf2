# METADATA
# title: Role can create persistent volumes
# description: >-
#   A persistent volume may point to a folder of the node. Creating volumes thus gives access to the
#   disk of a node, and to the data of others.
# scope: package
# related_resources:
#   - https://kubernetes.io/docs/concepts/security/rbac-good-practices/#persistent-volume-creation
# custom:
#   id: RPV-K8S-020
#   aliases: []
#   severity: HIGH
#   recommended_action: >-
#     Grant `persistentvolumeclaims` instead, and let a provisioner create the volumes.
#   compliance:
#     cis-k8s: ["5.1.9"]
#     nsa: [role-based-access-control]
#     nist-800-53: ["AC-6"]
#   input:
#     selector:
#       - type: kubernetes
#         subtypes:
#           - kind: ClusterRole
#           - kind: Role
package builtin.kubernetes.RPV_K8S_020

import rego.v1

import data.builtin.lib.rbac

deny contains res if {
	some grant in rbac.allowing_any({"persistentvolumes"}, {"create"})
	res := result.new(sprintf("%s lets its subjects create persistent volumes", [grant.title]), grant.rule)
}
