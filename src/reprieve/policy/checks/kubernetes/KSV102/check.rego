# METADATA
# title: Tiller is deployed
# description: >-
#   Tiller, the server part of Helm 2, takes commands from anybody who reaches it, mostly with the
#   rights of an administrator. Helm 2 has had no fixes since 2020.
# scope: package
# related_resources:
#   - https://helm.sh/docs/topics/v2_v3_migration/
# custom:
#   id: KSV102
#   aliases: []
#   severity: CRITICAL
#   recommended_action: >-
#     Remove Tiller and move to Helm 3 or later, which needs no server.
#   compliance:
#     nist-800-53: ["CM-7", "SA-22"]
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
#           - kind: Service
package builtin.kubernetes.KSV102

import rego.v1

import data.builtin.lib.kubernetes

deny contains res if {
	some container in kubernetes.containers
	parts := split(kubernetes.image_parts(container.image).name, "/")
	parts[count(parts) - 1] == "tiller"
	res := result.new(sprintf("Container '%s' of %s '%s' runs Tiller", [kubernetes.container_name(container), kubernetes.kind, kubernetes.name]), container)
}

# A service outlives the deployment that it led to.
deny contains res if {
	kubernetes.is_service
	kubernetes.labels.app == "helm"
	kubernetes.labels.name == "tiller"
	res := result.new(sprintf("Service '%s' leads to Tiller", [kubernetes.name]), kubernetes.metadata)
}
