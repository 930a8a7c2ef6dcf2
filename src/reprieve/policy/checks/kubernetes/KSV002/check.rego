# METADATA
# title: AppArmor is turned off
# description: A container without an AppArmor profile loses the kernel's limits on files, mounts and capabilities that the runtime's profile brings.
# scope: package
# related_resources:
#   - https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline
#   - https://kubernetes.io/docs/tutorials/security/apparmor/
# custom:
#   id: KSV002
#   aliases: []
#   severity: LOW
#   recommended_action: Remove the `Unconfined` profile, or set `securityContext.appArmorProfile.type` to RuntimeDefault or Localhost.
#   compliance:
#     pss: [baseline]
#     pss-control: ["AppArmor"]
#     nsa: [apparmor]
#     nist-800-53: ["AC-3", "AC-6"]
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
package builtin.kubernetes.KSV002

import rego.v1

import data.builtin.lib.kubernetes

# The form before Kubernetes 1.30.
annotation_prefix := "container.apparmor.security.beta.kubernetes.io/"

accepted(profile) if profile in {"", "runtime/default"}

accepted(profile) if {
	is_string(profile)
	startswith(profile, "localhost/")
}

deny contains res if {
	some stated in kubernetes.stated_contexts
	type := stated.context.appArmorProfile.type
	type != null
	not type in {"RuntimeDefault", "Localhost"}
	res := result.new(sprintf("%s should not use the AppArmor profile '%v'", [stated.subject, type]), stated.element)
}

deny contains res if {
	some key, profile in kubernetes.pod_annotations
	startswith(key, annotation_prefix)
	not accepted(profile)
	res := result.new(
		sprintf("%s should not use the AppArmor profile '%v' in its annotation '%s'", [kubernetes.subject, profile, key]),
		kubernetes.pod_annotations,
	)
}
