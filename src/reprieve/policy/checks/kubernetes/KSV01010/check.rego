# METADATA
# title: Config map holds user names or addresses of people
# description: >-
#   Login names and email addresses in a config map are open to everybody who can read it. They are half
#   of a login, and often personal data.
# scope: package
# related_resources:
#   - https://kubernetes.io/docs/concepts/configuration/configmap/
# custom:
#   id: KSV01010
#   aliases: [KSV-01010, AVD-KSV-01010]
#   severity: MEDIUM
#   recommended_action: >-
#     Move the value into a Secret or an external store, and refer to it.
#   compliance:
#     nist-800-53: ["SC-28"]
#   input:
#     selector:
#       - type: kubernetes
#         subtypes:
#           - kind: ConfigMap
package builtin.kubernetes.KSV01010

import rego.v1

import data.builtin.lib.credentials
import data.builtin.lib.fields
import data.builtin.lib.kubernetes

deny contains res if {
	kubernetes.kind == "ConfigMap"
	some key, value in fields.texts(kubernetes.object, "data")
	credentials.literal(value)
	regex.match(personal_words, credentials.snake_case(key))
	res := result.new(sprintf("ConfigMap '%s' holds personal data or a login name under '%s'", [kubernetes.name, key]), kubernetes.object.data)
}

personal_words := `(^|_)(username|user_?name|login|e?mail|e?mail_address|phone_number|ssn|iban)$`
