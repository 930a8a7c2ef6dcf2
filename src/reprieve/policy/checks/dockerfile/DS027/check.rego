# METADATA
# title: microdnf leaves its cache in the layer
# description: >-
#   microdnf leaves the packages and indexes that it fetched in its cache. A layer keeps them for ever,
#   also when a later instruction deletes them.
# scope: package
# related_resources:
#   - https://docs.docker.com/reference/dockerfile/#run
#   - https://docs.docker.com/build/building/best-practices/#run
# custom:
#   id: DS027
#   aliases: []
#   severity: HIGH
#   recommended_action: >-
#     End the instruction that installs with `microdnf clean all`, or mount the cache with
#     `--mount=type=cache,target=/var/cache/microdnf`.
#   compliance:
#     nist-800-53: ["CM-6"]
#   input:
#     selector:
#       - type: dockerfile
package builtin.dockerfile.DS027

import rego.v1

import data.builtin.lib.docker

deny contains res if {
	some command in docker.calls_to({"microdnf"}, {"install", "reinstall"})
	not docker.cleans_up(command, {"microdnf"}, {"all"}, "/var/cache")
	res := result.new(sprintf("'microdnf clean all' is missing after '%s'", [docker.shown(command)]), command.instruction)
}
