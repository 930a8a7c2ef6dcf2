# METADATA
# title: sudo in RUN
# description: >-
#   RUN has the rights that USER gives. sudo in an image hides which account does what, and stays there
#   as a way back to root.
# scope: package
# related_resources:
#   - https://docs.docker.com/reference/dockerfile/#user
#   - https://docs.docker.com/build/building/best-practices/#user
# custom:
#   id: DS010
#   aliases: []
#   severity: CRITICAL
#   recommended_action: >-
#     Change accounts with USER, and leave sudo out of the image.
#   compliance:
#     nist-800-53: ["AC-6"]
#   input:
#     selector:
#       - type: dockerfile
package builtin.dockerfile.DS010

import rego.v1

import data.builtin.lib.docker
import data.builtin.lib.shell

deny contains res if {
	some command in docker.shell_commands
	"sudo" in {shell.name(word) | some word in command.before}
	res := result.new(sprintf("RUN uses sudo: '%s'", [docker.shown(command)]), command.instruction)
}
