# METADATA
# title: Role can raise its own rights
# description: >-
#   Kubernetes refuses that anybody grants rights they do not hold. `escalate` and `bind` on roles lift
#   that rule, so their holder can make themselves administrator.
# scope: package
# related_resources:
#   - https://kubernetes.io/docs/reference/access-authn-authz/rbac/#privilege-escalation-prevention-and-bootstrapping
# custom:
#   id: KSV050
#   aliases: []
#   severity: CRITICAL
#   recommended_action: >-
#     Drop `escalate` and `bind`; where a controller must bind, list the roles it may bind in
#     `resourceNames`, none of them `cluster-admin`, `admin` or `edit`.
#   compliance:
#     cis-k8s: ["5.1.8"]
#     nsa: [role-based-access-control]
#     nist-800-53: ["AC-2", "AC-6"]
#   input:
#     selector:
#       - type: kubernetes
#         subtypes:
#           - kind: ClusterRole
#           - kind: Role
package builtin.kubernetes.KSV050

import rego.v1

import data.builtin.lib.rbac

resources := {"clusterrolebindings", "clusterroles", "rolebindings", "roles"}

escalating := rbac.allowing(resources, {"escalate"})

deny contains res if {
	some grant in escalating
	res := result.new(message(grant, "escalate"), grant.rule)
}

deny contains res if {
	some grant in rbac.allowing(resources, {"bind"}) - escalating
	binds_powerful(grant)
	res := result.new(message(grant, "bind"), grant.rule)
}

message(grant, verb) := sprintf("%s allows '%s' on %s", [grant.title, verb, rbac.listed(grant, resources)])

binds_powerful(grant) if count(grant.names) == 0

binds_powerful(grant) if count(grant.names & {"cluster-admin", "admin", "edit"}) > 0
