# METADATA
# title: Admission webhook is skipped when it fails
# description: >-
#   With `failurePolicy: Ignore` an object passes unchecked whenever the webhook does not answer in
#   time. Whoever can slow it down can get past it.
# scope: package
# related_resources:
#   - https://kubernetes.io/docs/reference/access-authn-authz/extensible-admission-controllers/#failure-policy
# custom:
#   id: RPV-K8S-015
#   aliases: []
#   severity: LOW
#   recommended_action: >-
#     Set `failurePolicy` to Fail for webhooks that enforce a policy, run several replicas, and leave the
#     system's namespaces out with a selector.
#   compliance:
#     nsa: [pod-security-enforcement]
#     nist-800-53: ["CM-7", "SC-24"]
#   input:
#     selector:
#       - type: kubernetes
#         subtypes:
#           - kind: ValidatingWebhookConfiguration
#           - kind: MutatingWebhookConfiguration
package builtin.kubernetes.RPV_K8S_015

import rego.v1

import data.builtin.lib.fields
import data.builtin.lib.kubernetes

deny contains res if {
	kubernetes.kind in {"ValidatingWebhookConfiguration", "MutatingWebhookConfiguration"}
	some webhook in fields.objects(kubernetes.object, "webhooks")
	webhook.failurePolicy == "Ignore"
	res := result.new(
		sprintf("Webhook '%v' of %s '%s' is skipped when it fails", [object.get(webhook, "name", ""), kubernetes.kind, kubernetes.name]),
		webhook,
	)
}
