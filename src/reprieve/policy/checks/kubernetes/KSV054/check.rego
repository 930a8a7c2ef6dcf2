# METADATA
# title: Role can attach to running containers
# description: >-
#   Attaching shows what a container writes, and where its input is open, gives control of its main
#   process.
# scope: package
# related_resources:
#   - https://kubernetes.io/docs/concepts/security/rbac-good-practices/
# custom:
#   id: KSV054
#   aliases: []
#   severity: HIGH
#   recommended_action: >-
#     Leave out `pods/attach`; `pods/log` is enough to read the output.
#   compliance:
#     nsa: [role-based-access-control]
#     nist-800-53: ["AC-6"]
#   input:
#     selector:
#       - type: kubernetes
#         subtypes:
#           - kind: ClusterRole
#           - kind: Role
package builtin.kubernetes.KSV054

import rego.v1

import data.builtin.lib.rbac

deny contains res if {
	some grant in rbac.allowing_any({"pods/attach"}, {"create", "get"})
	res := result.new(sprintf("%s lets its subjects attach to the containers of any pod", [grant.title]), grant.rule)
}
