# METADATA
# title: Capabilities beyond the default set are added
# description: Capabilities that a runtime does not give by default open parts of the kernel to the container, and several of them lead to the node.
# scope: package
# related_resources:
#   - https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline
# custom:
#   id: KSV022
#   aliases: []
#   severity: MEDIUM
#   recommended_action: Remove from `securityContext.capabilities.add` what is not in the default set of the Pod Security Standards.
#   compliance:
#     pss: [baseline]
#     pss-control: ["Capabilities"]
#     cis-k8s: ["5.2.9"]
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
package builtin.kubernetes.KSV022

import rego.v1

import data.builtin.lib.kubernetes

# Those that the baseline level lets a container add.
default_capabilities := {
	"AUDIT_WRITE", "CHOWN", "DAC_OVERRIDE", "FOWNER", "FSETID", "KILL", "MKNOD", "NET_BIND_SERVICE", "SETFCAP",
	"SETGID", "SETPCAP", "SETUID", "SYS_CHROOT",
}

deny contains res if {
	some resolved in kubernetes.resolved_containers
	beyond := resolved.added - default_capabilities
	count(beyond) > 0
	res := result.new(
		sprintf("%s should not add the capabilities %s", [resolved.subject, concat(", ", beyond)]),
		resolved.container,
	)
}
