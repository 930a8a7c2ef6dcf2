# METADATA
# title: Image has no health check
# description: >-
#   Without a health check, Docker sees only that the process is there, not whether it still answers.
#   Kubernetes does not use it, and has probes.
# scope: package
# related_resources:
#   - https://docs.docker.com/reference/dockerfile/#healthcheck
# custom:
#   id: DS026
#   aliases: []
#   severity: LOW
#   recommended_action: >-
#     Add a HEALTHCHECK that asks the program itself.
#   compliance:
#     cis-docker: ["4.6"]
#     nist-800-53: ["SI-4"]
#   input:
#     selector:
#       - type: dockerfile
package builtin.dockerfile.DS026

import rego.v1

import data.builtin.lib.docker

deny contains res if {
	count(checks) == 0
	res := result.new(sprintf("Stage '%s' has no HEALTHCHECK", [docker.title(docker.final)]), docker.stages[docker.final])
}

# Those that the final stage has or inherits.
checks := [instruction |
	some number in docker.lineage
	some instruction in docker.in_stage(number, "healthcheck")
]
