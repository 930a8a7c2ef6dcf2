# METADATA
# title: Not all default capabilities are dropped
# description: A runtime gives each container a set of capabilities that few programs need. Dropping all of them leaves an attacker with less to work with.
# scope: package
# related_resources:
#   - https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted
# custom:
#   id: KSV003
#   aliases: []
#   severity: LOW
#   recommended_action: Set `securityContext.capabilities.drop` to `[ALL]` and add back only what the program needs.
#   compliance:
#     pss: [restricted]
#     pss-control: ["Capabilities"]
#     cis-k8s: ["5.2.10"]
#     nsa: [capabilities]
#     nist-800-53: ["AC-6", "CM-7"]
#   input:
#     selector:
#       - type: kubernetes
#         subtypes:
#           - kind: Pod
#           - kind: Deployment
#           - kind: StatefulSet
#           - kind: DaemonSet
#           - kind: ReplicaSet
#           - kind: ReplicationController
#           - kind: DeploymentConfig
#           - kind: Job
#           - kind: CronJob
#           - kind: PodTemplate
package builtin.kubernetes.KSV003

import rego.v1

import data.builtin.lib.kubernetes

deny contains res if {
	not kubernetes.is_windows
	some resolved in kubernetes.resolved_containers
	not "ALL" in resolved.dropped
	res := result.new(
		sprintf("%s should add 'ALL' to 'securityContext.capabilities.drop'", [resolved.subject]),
		resolved.container,
	)
}
