# METADATA
# title: Role reaches every resource of its namespace
# description: >-
#   `*` as resource gives secrets, workloads and role bindings of the namespace. A tool that deploys may
#   need it, an application does not.
# scope: package
# related_resources:
#   - https://kubernetes.io/docs/concepts/security/rbac-good-practices/
# custom:
#   id: KSV112
#   aliases: []
#   severity: CRITICAL
#   recommended_action: >-
#     Name the resources that are needed.
#   compliance:
#     cis-k8s: ["5.1.3"]
#     nsa: [role-based-access-control]
#     nist-800-53: ["AC-6"]
#   input:
#     selector:
#       - type: kubernetes
#         subtypes:
#           - kind: Role
package builtin.kubernetes.KSV112

import rego.v1

import data.builtin.lib.rbac

deny contains res if {
	rbac.kind == "Role"
	some grant in rbac.grants
	rbac.all_resources(grant)
	res := result.new(sprintf("%s reaches every resource of the namespace", [grant.title]), grant.rule)
}
