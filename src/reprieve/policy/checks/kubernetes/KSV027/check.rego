# METADATA
# title: Masks of /proc are taken off
# description: With a `procMount` other than Default the container sees the parts of /proc that runtimes hide, among them ways to change the kernel.
# scope: package
# related_resources:
#   - https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline
# custom:
#   id: KSV027
#   aliases: []
#   severity: MEDIUM
#   recommended_action: Remove `securityContext.procMount` or set it to Default.
#   compliance:
#     pss: [baseline]
#     pss-control: ["/proc Mount Type"]
#     nsa: [pod-security-enforcement]
#     nist-800-53: ["AC-6", "SC-39"]
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
package builtin.kubernetes.KSV027

import rego.v1

import data.builtin.lib.kubernetes

deny contains res if {
	some resolved in kubernetes.resolved_containers
	mask := resolved.context.procMount
	mask != "Default"
	res := result.new(
		sprintf("%s should not set 'securityContext.procMount' to '%v'", [resolved.subject, mask]),
		resolved.container,
	)
}
