# METADATA
# title: Credential written into a command line
# description: >-
#   A credential among the arguments is open to everybody who can read the manifest, and to every
#   process that can list those of the container.
# scope: package
# related_resources:
#   - https://kubernetes.io/docs/concepts/security/secrets-good-practices/
# custom:
#   id: RPV-K8S-032
#   aliases: []
#   severity: HIGH
#   recommended_action: >-
#     Move the value into a Secret, change it, and let the program read it from a file.
#   compliance:
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
package builtin.kubernetes.RPV_K8S_032

import rego.v1

import data.builtin.lib.credentials
import data.builtin.lib.fields
import data.builtin.lib.kubernetes

deny contains res if {
	some container in kubernetes.containers
	words := array.concat(fields.strings(container, "command"), fields.strings(container, "args"))
	some position, word in words
	startswith(word, "-")
	exposes(words, position)
	option := split(word, "=")[0]
	res := result.new(sprintf("Container '%s' of %s '%s' has a credential written out after '%s'", [
		kubernetes.container_name(container), kubernetes.kind, kubernetes.name, option,
	]), container)
}

# --password=value
exposes(words, position) if {
	parts := regex.find_all_string_submatch_n(`^-+([A-Za-z0-9._-]+)=(.*)$`, words[position], 1)
	credentials.exposes(parts[0][1], parts[0][2])
}

# --password value
exposes(words, position) if {
	name := trim_left(words[position], "-")
	credentials.names_credential(name)
	value := words[position + 1]
	not startswith(value, "-")
	credentials.literal(value)
}
