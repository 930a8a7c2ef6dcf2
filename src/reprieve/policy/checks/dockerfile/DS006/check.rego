# METADATA
# title: COPY takes from its own stage
# description: >-
#   A stage cannot copy from itself: COPY --from with the stage's own name makes the build fail, or
#   takes another image of that name.
# scope: package
# related_resources:
#   - https://docs.docker.com/reference/dockerfile/#copy---from
# custom:
#   id: DS006
#   aliases: []
#   severity: CRITICAL
#   recommended_action: >-
#     Refer to an earlier stage in --from.
#   compliance:
#     nist-800-53: ["CM-6"]
#   input:
#     selector:
#       - type: dockerfile
package builtin.dockerfile.DS006

import rego.v1

import data.builtin.lib.docker

deny contains res if {
	some number, base in docker.bases
	base.alias != ""
	some instruction in docker.in_stage(number, "copy")
	some source in docker.flags(instruction, "from")
	lower(source) == base.alias
	res := result.new(sprintf("COPY --from=%s refers to its own stage", [source]), instruction)
}

deny contains res if {
	some base in docker.bases
	some instruction in docker.in_stage(base.stage, "copy")
	some source in docker.flags(instruction, "from")
	is_number(instruction.Stage)
	source == format_int(instruction.Stage, 10)
	res := result.new(sprintf("COPY --from=%s refers to its own stage", [source]), instruction)
}
