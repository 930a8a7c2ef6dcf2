# METADATA
# title: Default security context is in use
# description: Neither the container nor its pod has a security context, so that it runs with the runtime's defaults, which allow root.
# scope: package
# related_resources:
#   - https://kubernetes.io/docs/tasks/configure-pod-container/security-context/
# custom:
#   id: KSV118
#   aliases: []
#   severity: HIGH
#   recommended_action: Give the pod or each container a `securityContext`.
#   compliance:
#     cis-k8s: ["5.7.3"]
#     nsa: [pod-security-enforcement]
#     nist-800-53: ["CM-6", "AC-6"]
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
package builtin.kubernetes.KSV118

import rego.v1

import data.builtin.lib.kubernetes

deny contains res if {
	count(kubernetes.pod_security_context) == 0
	some resolved in kubernetes.resolved_containers
	count(kubernetes.own_security_context(resolved.container)) == 0
	res := result.new(sprintf("%s should have a security context, or its pod", [resolved.subject]), resolved.container)
}
