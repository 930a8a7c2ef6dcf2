# METADATA
# title: COPY of several sources to a path without a slash at its end
# description: >-
#   With several sources the destination of COPY is a directory and has to end with a slash, or the
#   build fails.
# scope: package
# related_resources:
#   - https://docs.docker.com/reference/dockerfile/#copy
# custom:
#   id: DS011
#   aliases: []
#   severity: CRITICAL
#   recommended_action: >-
#     End the destination with a slash.
#   compliance:
#     nist-800-53: ["CM-6"]
#   input:
#     selector:
#       - type: dockerfile
package builtin.dockerfile.DS011

import rego.v1

import data.builtin.lib.docker

deny contains res if {
	some instruction in docker.copy
	count(instruction.Value) > 2
	target := instruction.Value[count(instruction.Value) - 1]
	not names_directory(target)
	res := result.new(sprintf("COPY of %d sources to '%s' should end with a slash", [count(instruction.Value) - 1, target]), instruction)
}

names_directory(target) if regex.match(`(?:[/\\]|(?:^|[/\\])\.{1,2}|\$\{?\w+\}?)["']?$`, target)
