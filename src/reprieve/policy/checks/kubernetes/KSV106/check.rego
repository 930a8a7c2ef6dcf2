# METADATA
# title: Capabilities go beyond NET_BIND_SERVICE
# description: The restricted level of the Pod Security Standards asks that a container drops all capabilities and adds none but NET_BIND_SERVICE, which lets it listen on a low port.
# scope: package
# related_resources:
#   - https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted
# custom:
#   id: KSV106
#   aliases: []
#   severity: LOW
#   recommended_action: Set `securityContext.capabilities.drop` to `[ALL]`, and `add` to nothing or `[NET_BIND_SERVICE]`.
#   compliance:
#     pss: [restricted]
#     pss-control: ["Capabilities"]
#     cis-k8s: ["5.2.9", "5.2.10"]
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
package builtin.kubernetes.KSV106

import rego.v1

import data.builtin.lib.kubernetes

deny contains res if {
	not kubernetes.is_windows
	some resolved in kubernetes.resolved_containers
	not "ALL" in resolved.dropped
	res := result.new(sprintf("%s should drop all capabilities", [resolved.subject]), resolved.container)
}

deny contains res if {
	not kubernetes.is_windows
	some resolved in kubernetes.resolved_containers
	beyond := resolved.added - {"NET_BIND_SERVICE"}
	count(beyond) > 0
	res := result.new(
		sprintf("%s should add no capability but NET_BIND_SERVICE, and adds %s", [resolved.subject, concat(", ", beyond)]),
		resolved.container,
	)
}
