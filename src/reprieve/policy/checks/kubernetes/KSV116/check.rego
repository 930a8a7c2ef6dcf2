# METADATA
# title: Pod or container has the root group
# description: A process with gid 0, as its group or one of its supplementary groups, may read and change the files that belong to root's group on mounted volumes and on the node.
# scope: package
# related_resources:
#   - https://kubernetes.io/docs/tasks/configure-pod-container/security-context/
# custom:
#   id: KSV116
#   aliases: [KSV029]
#   severity: LOW
#   recommended_action: Set `runAsGroup`, `fsGroup` and each of `supplementalGroups` above 0.
#   compliance:
#     nsa: [non-root-containers]
#     nist-800-53: ["AC-6"]
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
package builtin.kubernetes.KSV116

import rego.v1

import data.builtin.lib.kubernetes

deny contains res if {
	some stated in kubernetes.stated_contexts
	stated.context.runAsGroup == 0
	res := result.new(sprintf("%s should not set 'securityContext.runAsGroup' to 0", [stated.subject]), stated.element)
}

deny contains res if {
	kubernetes.pod_security_context.fsGroup == 0
	res := result.new(
		sprintf("%s should not set 'securityContext.fsGroup' to 0", [kubernetes.subject]),
		kubernetes.pod_security_context,
	)
}

deny contains res if {
	kubernetes.pod_security_context.supplementalGroups[_] == 0
	res := result.new(
		sprintf("%s should not have 0 in 'securityContext.supplementalGroups'", [kubernetes.subject]),
		kubernetes.pod_security_context,
	)
}
