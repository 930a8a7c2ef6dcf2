# METADATA
# title: Role can change admission webhooks
# description: >-
#   A mutating webhook sees and changes every object that is created, secrets and pods included;
#   removing a validating webhook switches off the policies of the cluster.
# scope: package
# related_resources:
#   - https://kubernetes.io/docs/reference/access-authn-authz/extensible-admission-controllers/
#   - https://kubernetes.io/docs/concepts/security/rbac-good-practices/
# custom:
#   id: KSV114
#   aliases: []
#   severity: CRITICAL
#   recommended_action: >-
#     Keep webhook configurations to the administrators, or list the ones that a controller owns in
#     `resourceNames`.
#   compliance:
#     cis-k8s: ["5.1.12"]
#     nsa: [role-based-access-control]
#     nist-800-53: ["AC-6"]
#   input:
#     selector:
#       - type: kubernetes
#         subtypes:
#           - kind: ClusterRole
#           - kind: Role
package builtin.kubernetes.KSV114

import rego.v1

import data.builtin.lib.rbac

resources := {"mutatingwebhookconfigurations", "validatingwebhookconfigurations"}

deny contains res if {
	some grant in rbac.allowing_any(resources, rbac.write_verbs)
	res := result.new(sprintf("%s lets its subjects change %s", [grant.title, rbac.listed(grant, resources)]), grant.rule)
}
