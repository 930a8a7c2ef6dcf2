# METADATA
# title: RUN changes the directory
# description: >-
#   A `cd` holds only until its RUN ends. WORKDIR holds for all instructions that follow, and whoever
#   reads the file sees where they work.
# scope: package
# related_resources:
#   - https://docs.docker.com/reference/dockerfile/#workdir
#   - https://docs.docker.com/build/building/best-practices/#workdir
# custom:
#   id: DS013
#   aliases: []
#   severity: MEDIUM
#   recommended_action: >-
#     Change directories with WORKDIR.
#   compliance:
#     nist-800-53: ["CM-6"]
#   input:
#     selector:
#       - type: dockerfile
package builtin.dockerfile.DS013

import rego.v1

import data.builtin.lib.docker

deny contains res if {
	some command in docker.calls({"cd"})
	directory := command.words[1]
	not directory in {"-", ".", ".."}
	not enters(command)
	res := result.new(sprintf("WORKDIR should change the directory instead of 'cd %s'", [directory]), command.instruction)
}

# One finding for each RUN is enough.
enters(command) if {
	some later in docker.after(command)
	later.tool == "cd"
}
