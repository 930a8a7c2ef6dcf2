# METADATA
# title: Container runs as user 0
# description: A `runAsUser` of 0 makes the container run as root, whatever user its image names.
# scope: package
# related_resources:
#   - https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted
# custom:
#   id: KSV105
#   aliases: []
#   severity: LOW
#   recommended_action: Set `securityContext.runAsUser` to a number above 0, or leave it out.
#   compliance:
#     pss: [restricted]
#     pss-control: ["Running as Non-root user"]
#     cis-k8s: ["5.2.7"]
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
package builtin.kubernetes.KSV105

import rego.v1

import data.builtin.lib.kubernetes

deny contains res if {
	some stated in kubernetes.stated_contexts
	stated.context.runAsUser == 0
	res := result.new(sprintf("%s should set 'securityContext.runAsUser' above 0", [stated.subject]), stated.element)
}
