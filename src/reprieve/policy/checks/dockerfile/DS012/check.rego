# METADATA
# title: Two stages have one name
# description: >-
#   When two stages have the same name, --from and --target find one of them only, and it is easily not
#   the one that was meant.
# scope: package
# related_resources:
#   - https://docs.docker.com/reference/dockerfile/#from
#   - https://docs.docker.com/build/building/multi-stage/
# custom:
#   id: DS012
#   aliases: []
#   severity: CRITICAL
#   recommended_action: >-
#     Give each stage a name of its own.
#   compliance:
#     nist-800-53: ["CM-6"]
#   input:
#     selector:
#       - type: dockerfile
package builtin.dockerfile.DS012

import rego.v1

import data.builtin.lib.docker

deny contains res if {
	some number, base in docker.bases
	number > min(docker.called[base.alias])
	res := result.new(sprintf("The stage name '%s' is taken by an earlier stage", [base.alias]), base.instruction)
}
