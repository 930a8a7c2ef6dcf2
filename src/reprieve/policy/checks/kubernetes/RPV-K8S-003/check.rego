# METADATA
# title: Readiness probe is missing
# description: Without a readiness probe a Service sends requests to a pod that has not started up yet, or cannot answer for the moment.
# scope: package
# related_resources:
#   - https://kubernetes.io/docs/concepts/configuration/liveness-readiness-startup-probes/
# custom:
#   id: RPV-K8S-003
#   aliases: []
#   severity: LOW
#   recommended_action: Give each container of a long-running workload a `readinessProbe`.
#   compliance:
#     nist-800-53: ["CP-10", "SI-4"]
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
package builtin.kubernetes.RPV_K8S_003

import rego.v1

import data.builtin.lib.kubernetes

deny contains res if {
	kubernetes.long_running
	some container in kubernetes.regular_containers
	not is_object(container.readinessProbe)
	res := result.new(sprintf("%s should have a 'readinessProbe'", [kubernetes.container_subject(container)]), container)
}
