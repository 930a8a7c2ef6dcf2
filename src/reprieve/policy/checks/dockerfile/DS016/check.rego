# METADATA
# title: Several CMD in one stage
# description: >-
#   Only the last CMD of a stage counts. The others say that the image starts something that it does
#   not.
# scope: package
# related_resources:
#   - https://docs.docker.com/reference/dockerfile/#cmd
# custom:
#   id: DS016
#   aliases: []
#   severity: HIGH
#   recommended_action: >-
#     Keep the one CMD that is meant.
#   compliance:
#     nist-800-53: ["CM-6"]
#   input:
#     selector:
#       - type: dockerfile
package builtin.dockerfile.DS016

import rego.v1

import data.builtin.lib.docker

deny contains res if {
	some repeated in docker.replaced("cmd")
	message := sprintf("Stage '%s' has %d CMD instructions, and only the last one counts", [docker.title(repeated.stage), count(repeated.instructions)])
	res := result.new(message, repeated.instructions[0])
}
