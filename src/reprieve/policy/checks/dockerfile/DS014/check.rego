# METADATA
# title: curl as well as wget in one stage
# description: >-
#   wget and curl do the same. One of them makes the image smaller, and leaves one tool less to patch
#   and to misuse.
# scope: package
# related_resources:
#   - https://docs.docker.com/build/building/best-practices/
# custom:
#   id: DS014
#   aliases: []
#   severity: LOW
#   recommended_action: >-
#     Use one of the two in a stage, and remove the other.
#   compliance:
#     cis-docker: ["4.3"]
#     nist-800-53: ["CM-7"]
#   input:
#     selector:
#       - type: dockerfile
package builtin.dockerfile.DS014

import rego.v1

import data.builtin.lib.docker

deny contains res if {
	some number in {command.stage | some command in docker.calls({"wget"})}
	number in with_curl
	download := [command | some command in docker.calls({"wget"}); command.stage == number][0]
	res := result.new(sprintf("Stage '%s' uses curl as well as wget", [docker.title(number)]), download.instruction)
}

with_curl := {command.stage | some command in docker.calls({"curl"})}
