# METADATA
# title: Pod mounts the token of its service account
# description: >-
#   Every container of the pod can read the token and talk to the API server with the rights of the
#   service account, and so can whoever gets into one of them.
# scope: package
# related_resources:
#   - https://kubernetes.io/docs/tasks/configure-pod-container/configure-service-account/#opt-out-of-api-credential-automounting
# custom:
#   id: KSV036
#   aliases: []
#   severity: MEDIUM
#   recommended_action: >-
#     Set `automountServiceAccountToken` to false in the pod spec, unless the program calls the Kubernetes
#     API.
#   compliance:
#     cis-k8s: ["5.1.6"]
#     nsa: [protecting-pod-service-account-tokens]
#     nist-800-53: ["AC-6", "IA-5"]
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
#           - kind: Job
#           - kind: CronJob
#           - kind: DeploymentConfig
#           - kind: PodTemplate
package builtin.kubernetes.KSV036

import rego.v1

import data.builtin.lib.kubernetes

deny contains res if {
	kubernetes.workload
	not kubernetes.pod.automountServiceAccountToken == false
	res := result.new(sprintf("%s '%s' should set 'automountServiceAccountToken' to false", [kubernetes.kind, kubernetes.name]), kubernetes.pod)
}
