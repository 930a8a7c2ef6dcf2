# METADATA
# title: Role can run commands in pods
# description: >-
#   A command in a container runs with its service account, its secrets and its place in the network; in
#   a privileged container it runs on the node.
# scope: package
# related_resources:
#   - https://kubernetes.io/docs/concepts/security/rbac-good-practices/
# custom:
#   id: KSV053
#   aliases: []
#   severity: HIGH
#   recommended_action: >-
#     Leave out `pods/exec`, or give it for a limited time when it is needed.
#   compliance:
#     nsa: [role-based-access-control]
#     nist-800-53: ["AC-6"]
#   input:
#     selector:
#       - type: kubernetes
#         subtypes:
#           - kind: ClusterRole
#           - kind: Role
package builtin.kubernetes.KSV053

import rego.v1

import data.builtin.lib.rbac

deny contains res if {
	some grant in rbac.allowing_any({"pods/exec"}, {"create", "get"})
	res := result.new(sprintf("%s lets its subjects run commands in any pod", [grant.title]), grant.rule)
}
