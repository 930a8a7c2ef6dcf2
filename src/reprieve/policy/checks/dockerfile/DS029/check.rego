# METADATA
# title: apt-get installs recommended packages too
# description: >-
#   By default apt-get also installs what packages merely recommend: a larger image, and programs that
#   nobody asked for and that have faults of their own.
# scope: package
# related_resources:
#   - https://docs.docker.com/build/building/best-practices/#apt-get
# custom:
#   id: DS029
#   aliases: []
#   severity: HIGH
#   recommended_action: >-
#     Call apt-get install with --no-install-recommends.
#   compliance:
#     cis-docker: ["4.3"]
#     nist-800-53: ["CM-7"]
#   input:
#     selector:
#       - type: dockerfile
package builtin.dockerfile.DS029

import rego.v1

import data.builtin.lib.docker

deny contains res if {
	some command in docker.calls_to({"apt-get"}, {"install"})
	not declines(command)
	not configured
	res := result.new(sprintf("'%s' should have --no-install-recommends", [docker.shown(command)]), command.instruction)
}

declines(command) if "--no-install-recommends" in command.words

declines(command) if {
	some word in command.words
	regex.match(`^-?o?=?APT::Install-Recommends=(?:0|false|no)$`, word)
}

# The setting in apt's own configuration.
configured if {
	some instruction in docker.run
	regex.match(`APT::Install-Recommends\s+\\?"?(?:0|false|no)`, instruction.Value[0])
}
