# METADATA
# title: Probe or hook names a host
# description: A probe or hook with a host of its own makes the kubelet call that address from the node, which can reach what the pod cannot.
# scope: package
# related_resources:
#   - https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline
#   - https://kubernetes.io/docs/concepts/configuration/liveness-readiness-startup-probes/
# custom:
#   id: RPV-K8S-004
#   aliases: []
#   severity: MEDIUM
#   recommended_action: Remove `host` from the `httpGet` or `tcpSocket`, so that the pod's own address is used.
#   compliance:
#     pss: [baseline]
#     pss-control: ["Host Probes / Lifecycle Hooks"]
#     nsa: [pod-security-enforcement]
#     nist-800-53: ["AC-4", "SC-7"]
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
package builtin.kubernetes.RPV_K8S_004

import rego.v1

import data.builtin.lib.kubernetes

handlers := [
	["livenessProbe"], ["readinessProbe"], ["startupProbe"],
	["lifecycle", "postStart"], ["lifecycle", "preStop"],
]

nested(container, where) := container[where[0]] if count(where) == 1

nested(container, where) := container[where[0]][where[1]] if count(where) == 2

deny contains res if {
	some resolved in kubernetes.resolved_containers
	some where in handlers
	handler := nested(resolved.container, where)
	some action in ["httpGet", "tcpSocket"]
	host := handler[action].host
	not host in {null, ""}
	res := result.new(
		sprintf("%s should not name the host '%v' in '%s.%s'", [resolved.subject, host, concat(".", where), action]),
		handler,
	)
}
