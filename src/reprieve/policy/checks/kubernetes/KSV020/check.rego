# METADATA
# title: UID is 10000 or less
# description: A low UID may be one that exists on the node, and a process that leaves its container then acts with that user's rights.
# scope: package
# related_resources:
#   - https://kubernetes.io/docs/tasks/configure-pod-container/security-context/
# custom:
#   id: KSV020
#   aliases: []
#   severity: LOW
#   recommended_action: Set `securityContext.runAsUser` above 10000 on the pod or on each container.
#   compliance:
#     cis-k8s: ["5.7.3"]
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
package builtin.kubernetes.KSV020

import rego.v1

import data.builtin.lib.kubernetes

high(id) if {
	is_number(id)
	id > 10000
}

deny contains res if {
	not kubernetes.is_windows
	some resolved in kubernetes.resolved_containers
	not high(resolved.context.runAsUser)
	res := result.new(sprintf("%s should set 'securityContext.runAsUser' above 10000", [resolved.subject]), resolved.container)
}
