# METADATA
# title: Credential written into an environment variable
# description: >-
#   A credential in the manifest is open to everybody who can read the repository or the workload, and
#   stays in the history of both.
# scope: package
# related_resources:
#   - https://kubernetes.io/docs/concepts/configuration/secret/
# custom:
#   id: RPV-K8S-010
#   aliases: []
#   severity: HIGH
#   recommended_action: >-
#     Move the value into a Secret, change it, and refer to it with `valueFrom.secretKeyRef` or mount it
#     as a file.
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
package builtin.kubernetes.RPV_K8S_010

import rego.v1

import data.builtin.lib.credentials
import data.builtin.lib.fields
import data.builtin.lib.kubernetes

deny contains res if {
	some container in kubernetes.containers
	some entry in fields.objects(container, "env")
	credentials.exposes(entry.name, entry.value)
	res := result.new(
		sprintf("Container '%s' of %s '%s' has a credential written out in its variable '%s'", [
			kubernetes.container_name(container), kubernetes.kind, kubernetes.name, entry.name,
		]),
		entry,
	)
}
