# METADATA
# title: WORKDIR is relative
# description: >-
#   A relative WORKDIR depends on the one before it, in the base image too: when that moves, files end
#   up elsewhere and nothing says so.
# scope: package
# related_resources:
#   - https://docs.docker.com/reference/dockerfile/#workdir
#   - https://docs.docker.com/build/building/best-practices/#workdir
# custom:
#   id: DS009
#   aliases: []
#   severity: HIGH
#   recommended_action: >-
#     Begin the path of WORKDIR with a slash.
#   compliance:
#     nist-800-53: ["CM-6"]
#   input:
#     selector:
#       - type: dockerfile
package builtin.dockerfile.DS009

import rego.v1

import data.builtin.lib.docker

deny contains res if {
	some instruction in docker.workdir
	some path in instruction.Value
	not is_absolute(trim(path, `"' `))
	res := result.new(sprintf("WORKDIR %s should be an absolute path", [path]), instruction)
}

is_absolute(path) if regex.match(`^(?:/|\\|[A-Za-z]:|\$|%)`, path)
