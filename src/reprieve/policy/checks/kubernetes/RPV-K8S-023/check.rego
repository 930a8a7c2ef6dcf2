# METADATA
# title: Binding to a default service account
# description: >-
#   Every pod that names no service account runs as `default`. Rights bound to it go to pods that nobody
#   had in mind.
# scope: package
# related_resources:
#   - https://kubernetes.io/docs/reference/access-authn-authz/rbac/
# custom:
#   id: RPV-K8S-023
#   aliases: []
#   severity: MEDIUM
#   recommended_action: >-
#     Create a service account for the workload that needs the role, and bind that.
#   compliance:
#     cis-k8s: ["5.1.5"]
#     nsa: [role-based-access-control, protecting-pod-service-account-tokens]
#     nist-800-53: ["AC-2", "AC-6"]
#   input:
#     selector:
#       - type: kubernetes
#         subtypes:
#           - kind: ClusterRoleBinding
#           - kind: RoleBinding
package builtin.kubernetes.RPV_K8S_023

import rego.v1

import data.builtin.lib.rbac

deny contains res if {
	not rbac.binds_harmless_role
	some subject in rbac.subjects
	subject.kind == "ServiceAccount"
	subject.name == "default"
	res := result.new(sprintf("%s gives every pod without service account the role '%s'", [subject.title, rbac.role_name]), subject.element)
}
