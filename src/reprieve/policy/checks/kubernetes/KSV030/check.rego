# METADATA
# title: Runtime's seccomp profile is not in use
# description: Without a seccomp profile the container may make every system call, also those that only an exploit of the kernel needs.
# scope: package
# related_resources:
#   - https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted
#   - https://kubernetes.io/docs/tutorials/security/seccomp/
# custom:
#   id: KSV030
#   aliases: []
#   severity: LOW
#   recommended_action: Set `securityContext.seccompProfile.type` to RuntimeDefault (or Localhost) on the pod or on each container.
#   compliance:
#     pss: [restricted]
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
package builtin.kubernetes.KSV030

import rego.v1

import data.builtin.lib.kubernetes

confined(resolved) if resolved.context.seccompProfile.type in {"RuntimeDefault", "Localhost"}

# The form before Kubernetes 1.19.
confined(resolved) if {
	not resolved.context.seccompProfile
	own := concat("", ["container.seccomp.security.alpha.kubernetes.io/", kubernetes.container_name(resolved.container)])
	some key in [own, "seccomp.security.alpha.kubernetes.io/pod"]
	kubernetes.pod_annotations[key] in {"runtime/default", "docker/default"}
}

deny contains res if {
	not kubernetes.is_windows
	some resolved in kubernetes.resolved_containers
	not confined(resolved)
	res := result.new(
		sprintf("%s should set 'securityContext.seccompProfile.type' to RuntimeDefault", [resolved.subject]),
		resolved.container,
	)
}
