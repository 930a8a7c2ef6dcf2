# METADATA
# title: Root file system is writable
# description: A container that can write to its own file system lets an attacker leave tools behind, or change the program that runs.
# scope: package
# related_resources:
#   - https://kubernetes.io/docs/tasks/configure-pod-container/security-context/
# custom:
#   id: KSV014
#   aliases: []
#   severity: HIGH
#   recommended_action: Set `securityContext.readOnlyRootFilesystem` to true and mount an emptyDir volume where the program writes.
#   compliance:
#     nsa: [immutable-container-file-systems]
#     nist-800-53: ["CM-5", "SI-7"]
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
package builtin.kubernetes.KSV014

import rego.v1

import data.builtin.lib.kubernetes

deny contains res if {
	not kubernetes.is_windows
	some resolved in kubernetes.resolved_containers
	not resolved.context.readOnlyRootFilesystem == true
	res := result.new(
		sprintf("%s should set 'securityContext.readOnlyRootFilesystem' to true", [resolved.subject]),
		resolved.container,
	)
}
