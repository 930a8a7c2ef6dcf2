# METADATA
# title: Secret handed over in an environment variable
# description: >-
#   Variables are inherited by every process of the container, and end up in crash reports and debug
#   pages. They also keep the old value until the pod restarts.
# scope: package
# related_resources:
#   - https://kubernetes.io/docs/concepts/configuration/secret/#using-secrets-as-files-from-a-pod
# custom:
#   id: RPV-K8S-031
#   aliases: []
#   severity: LOW
#   recommended_action: >-
#     Mount the secret as a file and read it from there.
#   compliance:
#     cis-k8s: ["5.4.1"]
#     nsa: [secrets]
#     nist-800-53: ["IA-5", "SC-28"]
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
package builtin.kubernetes.RPV_K8S_031

import rego.v1

import data.builtin.lib.fields
import data.builtin.lib.kubernetes

deny contains res if {
	some container in kubernetes.containers
	some entry in fields.objects(container, "env")
	is_object(entry.valueFrom.secretKeyRef)
	res := result.new(sprintf("Container '%s' of %s '%s' gets a secret in its variable '%v'", [
		kubernetes.container_name(container), kubernetes.kind, kubernetes.name, object.get(entry, "name", ""),
	]), entry)
}

deny contains res if {
	some container in kubernetes.containers
	some source in fields.objects(container, "envFrom")
	is_object(source.secretRef)
	res := result.new(sprintf("Container '%s' of %s '%s' gets all of the secret '%v' in variables", [
		kubernetes.container_name(container), kubernetes.kind, kubernetes.name, object.get(source.secretRef, "name", ""),
	]), source)
}
