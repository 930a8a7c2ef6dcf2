# METADATA
# title: Config map holds a credential
# description: >-
#   Config maps are readable for many, are shown in the clear and are kept unencrypted. Credentials
#   belong into secrets, which fewer can read and which can be encrypted at rest.
# scope: package
# related_resources:
#   - https://kubernetes.io/docs/concepts/configuration/configmap/
# custom:
#   id: KSV0109
#   aliases: [KSV109]
#   severity: HIGH
#   recommended_action: >-
#     Move the value into a Secret or an external store, change it, and refer to it.
#   compliance:
#     nsa: [secrets]
#     nist-800-53: ["IA-5", "SC-28"]
#   input:
#     selector:
#       - type: kubernetes
#         subtypes:
#           - kind: ConfigMap
package builtin.kubernetes.KSV0109

import rego.v1

import data.builtin.lib.credentials
import data.builtin.lib.fields
import data.builtin.lib.kubernetes

deny contains res if {
	some key in exposing_keys
	res := result.new(sprintf("ConfigMap '%s' holds a credential under '%s'", [kubernetes.name, key]), kubernetes.object.data)
}

deny contains res if {
	some key, text in settings
	not key in exposing_keys
	some name in credentials.exposed_in(text)
	res := result.new(sprintf("ConfigMap '%s' holds a credential under '%s', as '%s'", [kubernetes.name, key, name]), kubernetes.object.data)
}

settings := fields.texts(kubernetes.object, "data") if kubernetes.kind == "ConfigMap"

exposing_keys contains key if {
	some key, text in settings
	credentials.exposes(key, text)
}
