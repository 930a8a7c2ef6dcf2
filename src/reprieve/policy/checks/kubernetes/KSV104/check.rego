# METADATA
# title: Seccomp is turned off
# description: The profile Unconfined lets the container make every system call, also those that only an exploit of the kernel needs.
# scope: package
# related_resources:
#   - https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline
#   - https://kubernetes.io/docs/tutorials/security/seccomp/
# custom:
#   id: KSV104
#   aliases: []
#   severity: MEDIUM
#   recommended_action: Remove the Unconfined profile, or set `securityContext.seccompProfile.type` to RuntimeDefault.
#   compliance:
#     pss: [baseline]
#     pss-control: ["Seccomp"]
#     cis-k8s: ["5.7.2", "5.7.3"]
#     nsa: [seccomp]
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
package builtin.kubernetes.KSV104

import rego.v1

import data.builtin.lib.kubernetes

deny contains res if {
	some stated in kubernetes.stated_contexts
	stated.context.seccompProfile.type == "Unconfined"
	res := result.new(sprintf("%s should not turn seccomp off", [stated.subject]), stated.element)
}

deny contains res if {
	some key, profile in kubernetes.pod_annotations
	contains(key, "seccomp.security.alpha.kubernetes.io/")
	profile == "unconfined"
	res := result.new(
		sprintf("%s should not turn seccomp off in its annotation '%s'", [kubernetes.subject, key]),
		kubernetes.pod_annotations,
	)
}
