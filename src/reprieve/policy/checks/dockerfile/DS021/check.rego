# METADATA
# title: apt-get asks before it installs
# description: >-
#   apt-get asks before it installs. Nobody answers during a build, so the build fails.
# scope: package
# related_resources:
#   - https://docs.docker.com/reference/dockerfile/#run
#   - https://docs.docker.com/build/building/best-practices/#apt-get
# custom:
#   id: DS021
#   aliases: []
#   severity: HIGH
#   recommended_action: >-
#     Call apt-get install with -y.
#   compliance:
#     nist-800-53: ["CM-6"]
#   input:
#     selector:
#       - type: dockerfile
package builtin.dockerfile.DS021

import rego.v1

import data.builtin.lib.docker

deny contains res if {
	some command in docker.calls_to({"apt-get"}, {"install", "upgrade", "dist-upgrade", "build-dep"})
	not says_yes(command)
	not answered
	res := result.new(sprintf("'%s' should have -y", [docker.shown(command)]), command.instruction)
}

says_yes(command) if {
	some word in command.words
	regex.match(`^(?:-[a-zA-Z]*y[a-zA-Z]*|-q[a-zA-Z]*q[a-zA-Z]*|-q=[2-9]|--yes|--assume-yes|--force-yes|--download-only|-o?APT::Get::Assume-Yes=.*)$`, word)
}

says_yes(command) if count([word | some word in command.words; word in {"-q", "--quiet"}]) > 1

# The setting in apt's own configuration, or an answer from a pipe.
answered if {
	some instruction in docker.run
	contains(instruction.Value[0], "APT::Get::Assume-Yes")
}
