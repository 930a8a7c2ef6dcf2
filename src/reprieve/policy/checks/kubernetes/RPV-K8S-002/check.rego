# METADATA
# title: Liveness probe is missing
# description: Without a liveness probe a program that hangs stays as it is, for Kubernetes restarts only what ends.
# scope: package
# related_resources:
#   - https://kubernetes.io/docs/concepts/configuration/liveness-readiness-startup-probes/
# custom:
#   id: RPV-K8S-002
#   aliases: []
#   severity: LOW
#   recommended_action: Give each container of a long-running workload a `livenessProbe`.
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
package builtin.kubernetes.RPV_K8S_002

import rego.v1

import data.builtin.lib.kubernetes

deny contains res if {
	kubernetes.long_running
	some container in kubernetes.regular_containers
	not is_object(container.livenessProbe)
	res := result.new(sprintf("%s should have a 'livenessProbe'", [kubernetes.container_subject(container)]), container)
}
