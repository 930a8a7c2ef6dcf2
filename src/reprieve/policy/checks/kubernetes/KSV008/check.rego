# METADATA
# title: Host IPC namespace is shared
# description: A pod in the node's IPC namespace can read and write the shared memory and message queues of other processes there, and so take data from them.
# scope: package
# related_resources:
#   - https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline
# custom:
#   id: KSV008
#   aliases: []
#   severity: HIGH
#   recommended_action: Leave `hostIPC` out of the pod spec or set it to false.
#   compliance:
#     pss: [baseline]
#     pss-control: ["Host Namespaces"]
#     cis-k8s: ["5.2.4"]
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
package builtin.kubernetes.KSV008

import rego.v1

import data.builtin.lib.kubernetes

deny contains res if {
	kubernetes.pod.hostIPC == true
	res := result.new(sprintf("%s should not set 'hostIPC' to true", [kubernetes.subject]), kubernetes.pod)
}
