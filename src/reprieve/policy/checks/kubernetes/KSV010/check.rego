# METADATA
# title: Host PID namespace is shared
# description: A pod in the node's PID namespace sees every process on the node, can read their environments, and with enough rights can signal or trace them.
# scope: package
# related_resources:
#   - https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline
# custom:
#   id: KSV010
#   aliases: []
#   severity: HIGH
#   recommended_action: Leave `hostPID` out of the pod spec or set it to false.
#   compliance:
#     pss: [baseline]
#     pss-control: ["Host Namespaces"]
#     cis-k8s: ["5.2.3"]
#     nsa: [host-namespaces]
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
package builtin.kubernetes.KSV010

import rego.v1

import data.builtin.lib.kubernetes

deny contains res if {
	kubernetes.pod.hostPID == true
	res := result.new(sprintf("%s should not set 'hostPID' to true", [kubernetes.subject]), kubernetes.pod)
}
