# METADATA
# title: SELinux options are customised
# description: An SELinux type outside the containers' own, or a user or role of one's choosing, can lift the confinement that keeps containers from the node and from one another.
# scope: package
# related_resources:
#   - https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline
# custom:
#   id: KSV025
#   aliases: []
#   severity: MEDIUM
#   recommended_action: Remove `seLinuxOptions.user` and `.role`, and use one of the container types for `.type`.
#   compliance:
#     pss: [baseline]
#     pss-control: ["SELinux"]
#     cis-k8s: ["5.7.3"]
#     nsa: [selinux]
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
package builtin.kubernetes.KSV025

import rego.v1

import data.builtin.lib.kubernetes

deny contains res if {
	some stated in kubernetes.stated_contexts
	type := stated.context.seLinuxOptions.type
	not type in {null, "", "container_t", "container_init_t", "container_kvm_t", "container_engine_t"}
	res := result.new(sprintf("%s should not use the SELinux type '%v'", [stated.subject, type]), stated.element)
}

deny contains res if {
	some stated in kubernetes.stated_contexts
	some field in ["role", "user"]
	value := stated.context.seLinuxOptions[field]
	not value in {null, ""}
	res := result.new(sprintf("%s should not set the SELinux %s '%v'", [stated.subject, field, value]), stated.element)
}
