# METADATA
# title: Role can create or change pods and workloads
# description: >-
#   Whoever writes pods decides what they mount and which service account they use. Unless admission
#   control holds it back, that leads to the node and to every secret of the namespace.
# scope: package
# related_resources:
#   - https://kubernetes.io/docs/concepts/security/rbac-good-practices/
# custom:
#   id: KSV048
#   aliases: []
#   severity: MEDIUM
#   recommended_action: >-
#     Keep the right to write workloads to the tool that deploys; reading needs `get`, `list` and `watch`
#     only.
#   compliance:
#     cis-k8s: ["5.1.4"]
#     nsa: [role-based-access-control]
#     nist-800-53: ["AC-6"]
#   input:
#     selector:
#       - type: kubernetes
#         subtypes:
#           - kind: ClusterRole
#           - kind: Role
package builtin.kubernetes.KSV048

import rego.v1

import data.builtin.lib.rbac

resources := {"cronjobs", "daemonsets", "deployments", "jobs", "pods", "replicasets", "replicationcontrollers", "statefulsets"}

deny contains res if {
	some grant in rbac.allowing_any(resources, {"create", "update", "patch"})
	res := result.new(sprintf("%s lets its subjects create or change %s", [grant.title, rbac.listed(grant, resources)]), grant.rule)
}
