# METADATA
# title: Gatekeeper allows more repositories than it seems
# description: >-
#   Gatekeeper compares the beginning of the image name only: `registry.example.com` also allows
#   `registry.example.com.attacker.example`, and `example/shop` allows `example/shop-copy`.
# scope: package
# related_resources:
#   - https://open-policy-agent.github.io/gatekeeper-library/website/validation/allowedrepos/
# custom:
#   id: KSV0124
#   aliases: [KSV124]
#   severity: HIGH
#   recommended_action: >-
#     End each entry of `repos` with a slash, or give the whole image with its tag or digest.
#   compliance:
#     nsa: [pod-security-enforcement]
#     nist-800-53: ["CM-7", "SR-3"]
#   input:
#     selector:
#       - type: kubernetes
#         subtypes:
#           - kind: K8sAllowedRepos
package builtin.kubernetes.KSV0124

import rego.v1

import data.builtin.lib.fields
import data.builtin.lib.kubernetes

deny contains res if {
	kubernetes.kind == "K8sAllowedRepos"
	startswith(kubernetes.api_version, "constraints.gatekeeper.sh/")
	some repo in fields.strings(kubernetes.spec.parameters, "repos")
	not is_closed(repo)
	res := result.new(sprintf("K8sAllowedRepos '%s' allows everything that begins with '%s'", [kubernetes.name, repo]), kubernetes.spec.parameters)
}

is_closed(repo) if endswith(repo, "/")

is_closed(repo) if kubernetes.image_parts(repo).digest != ""

# The port of a registry, without a path, is no tag.
is_closed(repo) if {
	contains(repo, "/")
	kubernetes.image_parts(repo).tag != ""
}
