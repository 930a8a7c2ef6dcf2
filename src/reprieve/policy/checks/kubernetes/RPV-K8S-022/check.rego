# METADATA
# title: Role uses a wildcard where names would do
# description: >-
#   `*` also grants what does not exist yet: a verb, a resource or a whole API that is added later comes
#   with it, unseen by whoever reviewed the role.
# scope: package
# related_resources:
#   - https://kubernetes.io/docs/concepts/security/rbac-good-practices/
# custom:
#   id: RPV-K8S-022
#   aliases: []
#   severity: LOW
#   recommended_action: >-
#     Name the API groups, the resources, the verbs and the URLs.
#   compliance:
#     cis-k8s: ["5.1.3"]
#     nsa: [role-based-access-control]
#     nist-800-53: ["AC-6"]
#   input:
#     selector:
#       - type: kubernetes
#         subtypes:
#           - kind: ClusterRole
#           - kind: Role
package builtin.kubernetes.RPV_K8S_022

import rego.v1

import data.builtin.lib.rbac

deny contains res if {
	some grant in rbac.grants
	some field in ["apiGroups", "resources", "verbs", "nonResourceURLs"]
	"*" in wildcards(grant)[field]
	not graver(grant)
	res := result.new(sprintf("%s uses '*' for %s", [grant.title, field]), grant.rule)
}

wildcards(grant) := {
	"apiGroups": grant.groups,
	"resources": grant.resources,
	"verbs": grant.verbs,
	"nonResourceURLs": grant.urls,
}

# KSV044, KSV046 and KSV112.
graver(grant) if rbac.all_resources(grant)

# KSV045.
graver(grant) if {
	"*" in grant.verbs
	count(grant.covers) > 0
}
