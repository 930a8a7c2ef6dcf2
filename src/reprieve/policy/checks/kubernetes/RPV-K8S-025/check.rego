# METADATA
# title: Pod runs as the default service account
# description: >-
#   All pods of a namespace that name no service account share `default`. Rights given to one of them
#   reach all, and the audit log cannot tell them apart.
# scope: package
# related_resources:
#   - https://kubernetes.io/docs/concepts/security/service-accounts/
# custom:
#   id: RPV-K8S-025
#   aliases: []
#   severity: LOW
#   recommended_action: >-
#     Create a service account for the workload and name it in `serviceAccountName`, or set
#     `automountServiceAccountToken` to false.
#   compliance:
#     cis-k8s: ["5.1.5"]
#     nsa: [protecting-pod-service-account-tokens]
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
#           - kind: Job
#           - kind: CronJob
#           - kind: DeploymentConfig
#           - kind: PodTemplate
package builtin.kubernetes.RPV_K8S_025

import rego.v1

import data.builtin.lib.kubernetes

deny contains res if {
	kubernetes.workload
	not kubernetes.pod.automountServiceAccountToken == false
	not names_account
	res := result.new(sprintf("%s '%s' should name a service account of its own", [kubernetes.kind, kubernetes.name]), kubernetes.pod)
}

# `serviceAccount` is the older spelling.
names_account if {
	some field in ["serviceAccountName", "serviceAccount"]
	account := kubernetes.pod[field]
	is_string(account)
	not account in {"", "default"}
}
