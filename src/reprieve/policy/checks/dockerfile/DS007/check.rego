# METADATA
# title: Several ENTRYPOINT in one stage
# description: >-
#   Only the last ENTRYPOINT of a stage counts. The others say that the image starts something that it
#   does not.
# scope: package
# related_resources:
#   - https://docs.docker.com/reference/dockerfile/#entrypoint
# custom:
#   id: DS007
#   aliases: []
#   severity: CRITICAL
#   recommended_action: >-
#     Keep the one ENTRYPOINT that is meant.
#   compliance:
#     nist-800-53: ["CM-6"]
#   input:
#     selector:
#       - type: dockerfile
package builtin.dockerfile.DS007

import rego.v1

import data.builtin.lib.docker

deny contains res if {
	some repeated in docker.replaced("entrypoint")
	message := sprintf("Stage '%s' has %d ENTRYPOINT instructions, and only the last one counts", [docker.title(repeated.stage), count(repeated.instructions)])
	res := result.new(message, repeated.instructions[0])
}
