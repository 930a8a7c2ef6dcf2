# METADATA
# title: Host network is shared
# description: A pod on the node's network can listen in on the node's traffic, reach services that listen on the loopback address only, and escapes network policies.
# scope: package
# related_resources:
#   - https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline
# custom:
#   id: KSV009
#   aliases: []
#   severity: HIGH
#   recommended_action: Leave `hostNetwork` out of the pod spec or set it to false.
#   compliance:
#     pss: [baseline]
#     pss-control: ["Host Namespaces"]
#     cis-k8s: ["5.2.5"]
#     nsa: [host-network]
#     nist-800-53: ["AC-4", "SC-7"]
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
package builtin.kubernetes.KSV009

import rego.v1

import data.builtin.lib.kubernetes

deny contains res if {
	kubernetes.pod.hostNetwork == true
	res := result.new(sprintf("%s should not set 'hostNetwork' to true", [kubernetes.subject]), kubernetes.pod)
}
