# METADATA
# title: Windows container is a HostProcess
# description: A HostProcess container runs on the Windows node itself, with the node's file system and the rights of the account it names.
# scope: package
# related_resources:
#   - https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline
#   - https://kubernetes.io/docs/tasks/configure-pod-container/create-hostprocess-pod/
# custom:
#   id: KSV103
#   aliases: []
#   severity: MEDIUM
#   recommended_action: Remove `windowsOptions.hostProcess` or set it to false.
#   compliance:
#     pss: [baseline]
#     pss-control: ["HostProcess"]
#     cis-k8s: ["5.2.11"]
#     nsa: [privileged-containers]
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
package builtin.kubernetes.KSV103

import rego.v1

import data.builtin.lib.kubernetes

deny contains res if {
	some stated in kubernetes.stated_contexts
	stated.context.windowsOptions.hostProcess == true
	res := result.new(
		sprintf("%s should not set 'securityContext.windowsOptions.hostProcess' to true", [stated.subject]),
		stated.element,
	)
}
