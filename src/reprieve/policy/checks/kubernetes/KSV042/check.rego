# METADATA
# title: Role can delete pod logs
# description: >-
#   Deleting the logs of a pod removes the traces of an attack before anybody has read them.
# scope: package
# related_resources:
#   - https://kubernetes.io/docs/concepts/cluster-administration/logging/
#   - https://kubernetes.io/docs/concepts/security/rbac-good-practices/
# custom:
#   id: KSV042
#   aliases: []
#   severity: MEDIUM
#   recommended_action: >-
#     Take `delete` and `deletecollection` on `pods/log` out of the rule; reading logs needs `get` only.
#   compliance:
#     nsa: [role-based-access-control, audit-logging]
#     nist-800-53: ["AC-6", "AU-9"]
#   input:
#     selector:
#       - type: kubernetes
#         subtypes:
#           - kind: ClusterRole
#           - kind: Role
package builtin.kubernetes.KSV042

import rego.v1

import data.builtin.lib.rbac

deny contains res if {
	some grant in rbac.allowing_any({"pods/log"}, {"delete", "deletecollection"})
	res := result.new(sprintf("%s lets its subjects delete the logs of pods", [grant.title]), grant.rule)
}
