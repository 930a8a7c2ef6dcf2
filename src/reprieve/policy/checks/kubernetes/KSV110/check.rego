# METADATA
# title: Workload in the default namespace
# description: >-
#   Namespaces are what roles, quotas and network policies apply to. In `default` everything shares one,
#   and what names none lands there by accident.
# scope: package
# related_resources:
#   - https://kubernetes.io/docs/concepts/overview/working-with-objects/namespaces/
# custom:
#   id: KSV110
#   aliases: []
#   severity: LOW
#   recommended_action: >-
#     Create a namespace for the application and name it in `metadata.namespace`.
#   compliance:
#     cis-k8s: ["5.7.4"]
#     nsa: [namespaces]
#     nist-800-53: ["AC-4", "CM-6"]
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
package builtin.kubernetes.KSV110

import rego.v1

import data.builtin.lib.kubernetes

deny contains res if {
	kubernetes.workload
	kubernetes.metadata.namespace == "default"
	res := result.new(sprintf("%s '%s' should not be in the default namespace", [kubernetes.kind, kubernetes.name]), kubernetes.metadata)
}

deny contains res if {
	kubernetes.workload
	not names_namespace
	res := result.new(sprintf("%s '%s' names no namespace and lands in the default one", [kubernetes.kind, kubernetes.name]), kubernetes.metadata)
}

names_namespace if {
	is_string(kubernetes.metadata.namespace)
	kubernetes.metadata.namespace != ""
}
