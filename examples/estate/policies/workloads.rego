# METADATA
# title: The shop's rules for workloads
# description: Somebody answers for each workload, and nothing of ours stays down after a crash.
# custom:
#   id: SHOP001
#   severity: MEDIUM
#   recommended_action: Name the owner in the label `shop.example.com/owner`; set `restart` in compose files.
#   input:
#     selector:
#       - type: kubernetes
#         subtypes: [{kind: Deployment}, {kind: StatefulSet}, {kind: DaemonSet}, {kind: CronJob}]
#       - type: compose
package user.shop.workloads

import rego.v1

deny_owner contains result.new(message, input.metadata) if {
	not input.metadata.labels["shop.example.com/owner"]
	input.kind
	message := sprintf("%s '%s' does not say who owns it", [input.kind, input.metadata.name])
}

deny_restart contains result.new(message, service) if {
	some name, service in input.services
	not service.restart
	message := sprintf("service '%s' has no restart policy", [name])
}
