# METADATA
# title: Image runs as root
# description: >-
#   Without USER, or with USER root, the program runs as root: whoever takes it over owns the container
#   and has an easier way out of it.
# scope: package
# related_resources:
#   - https://docs.docker.com/reference/dockerfile/#user
#   - https://docs.docker.com/build/building/best-practices/#user
# custom:
#   id: DS002
#   aliases: []
#   severity: HIGH
#   recommended_action: >-
#     Create an account in the image and end the last stage with USER and its name or number.
#   compliance:
#     cis-docker: ["4.1"]
#     nist-800-53: ["AC-6"]
#   input:
#     selector:
#       - type: dockerfile
package builtin.dockerfile.DS002

import rego.v1

import data.builtin.lib.docker

deny contains res if {
	count(users) == 0
	not rootless_base
	res := result.new(sprintf("Stage '%s' has no USER, so the image runs as root", [docker.title(docker.final)]), docker.stages[docker.final])
}

deny contains res if {
	last := users[count(users) - 1]
	is_root(last.Value[0])
	res := result.new(sprintf("The last USER of stage '%s' is '%s'", [docker.title(docker.final), last.Value[0]]), last)
}

# Those that the final stage has or inherits, in the order of the file.
users := [instruction |
	some number in sort(docker.lineage)
	some instruction in docker.in_stage(number, "user")
	count(instruction.Value) > 0
]

is_root(account) if {
	name := lower(trim(split(account, ":")[0], `"' `))
	name in {"root", "0", "containeradministrator"}
}

rootless_base if regex.match(`non-?root|unprivileged|rootless`, lower(docker.final_image))
