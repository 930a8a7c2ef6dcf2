# METADATA
# title: Several HEALTHCHECK in one stage
# description: >-
#   Only the last HEALTHCHECK of a stage counts. What the others look at is not watched.
# scope: package
# related_resources:
#   - https://docs.docker.com/reference/dockerfile/#healthcheck
# custom:
#   id: DS023
#   aliases: []
#   severity: MEDIUM
#   recommended_action: >-
#     Keep one HEALTHCHECK; let it call a script when several things are to be looked at.
#   compliance:
#     nist-800-53: ["CM-6"]
#   input:
#     selector:
#       - type: dockerfile
package builtin.dockerfile.DS023

import rego.v1

import data.builtin.lib.docker

deny contains res if {
	some repeated in docker.replaced("healthcheck")
	message := sprintf("Stage '%s' has %d HEALTHCHECK instructions, and only the last one counts", [docker.title(repeated.stage), count(repeated.instructions)])
	res := result.new(message, repeated.instructions[0])
}
