# METADATA
# title: apt-get upgrades the whole distribution
# description: >-
#   dist-upgrade may remove packages and move to a newer release of the distribution: what the base
#   image's tag says is then no longer so.
# scope: package
# related_resources:
#   - https://docs.docker.com/build/building/best-practices/#apt-get
# custom:
#   id: DS024
#   aliases: []
#   severity: HIGH
#   recommended_action: >-
#     Take a newer base image, or upgrade single packages.
#   compliance:
#     nist-800-53: ["CM-2"]
#   input:
#     selector:
#       - type: dockerfile
package builtin.dockerfile.DS024

import rego.v1

import data.builtin.lib.docker

deny contains res if {
	some command in docker.calls_to({"apt-get", "apt", "aptitude"}, {"dist-upgrade", "full-upgrade"})
	res := result.new(sprintf("'%s' should not be used", [docker.shown(command)]), command.instruction)
}
