# METADATA
# title: MAINTAINER instead of a label
# description: >-
#   Docker deprecated MAINTAINER years ago. A label says the same, and tools can read it.
# scope: package
# related_resources:
#   - https://docs.docker.com/reference/dockerfile/#maintainer-deprecated
# custom:
#   id: DS022
#   aliases: []
#   severity: HIGH
#   recommended_action: >-
#     Write `LABEL org.opencontainers.image.authors=…` instead.
#   compliance:
#     nist-800-53: ["CM-6"]
#   input:
#     selector:
#       - type: dockerfile
package builtin.dockerfile.DS022

import rego.v1

import data.builtin.lib.docker

deny contains res if {
	some instruction in docker.instructions("maintainer")
	some author in instruction.Value
	res := result.new(sprintf("MAINTAINER %s should be a label", [author]), instruction)
}
