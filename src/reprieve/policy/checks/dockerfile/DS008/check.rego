# METADATA
# title: EXPOSE names a port above 65535
# description: >-
#   Ports end at 65535. A higher number is a slip of the pen, and the port that was meant is not
#   documented.
# scope: package
# related_resources:
#   - https://docs.docker.com/reference/dockerfile/#expose
# custom:
#   id: DS008
#   aliases: []
#   severity: CRITICAL
#   recommended_action: >-
#     Correct the number in EXPOSE.
#   compliance:
#     nist-800-53: ["CM-6"]
#   input:
#     selector:
#       - type: dockerfile
package builtin.dockerfile.DS008

import rego.v1

import data.builtin.lib.docker

deny contains res if {
	some instruction in docker.expose
	some port in instruction.Value
	some number in regex.find_n(`[0-9]+`, numbers_in(port), -1)
	out_of_range(number)
	res := result.new(sprintf("EXPOSE %s is beyond 65535", [port]), instruction)
}

# A port or a range of them; nothing when it is a variable.
numbers_in(port) := range if {
	range := split(port, "/")[0]
	regex.match(`^[0-9]+(?:-[0-9]+)?$`, range)
}

out_of_range(number) if count(trim_left(number, "0")) > 5

out_of_range(number) if {
	digits := trim_left(number, "0")
	count(digits) == 5
	to_number(digits) > 65535
}
