# METADATA
# title: SSH port is exposed
# description: >-
#   Port 22 means an SSH server in the container: one more program to patch, and a way in that logs and
#   access rules of the platform do not see.
# scope: package
# related_resources:
#   - https://docs.docker.com/reference/dockerfile/#expose
# custom:
#   id: DS004
#   aliases: []
#   severity: MEDIUM
#   recommended_action: >-
#     Leave port 22 out of EXPOSE, and enter a container with `docker exec` or `kubectl exec`.
#   compliance:
#     cis-docker: ["5.7"]
#     nist-800-53: ["CM-7"]
#   input:
#     selector:
#       - type: dockerfile
package builtin.dockerfile.DS004

import rego.v1

import data.builtin.lib.docker

deny contains res if {
	some instruction in docker.expose
	some port in instruction.Value
	includes_ssh(split(port, "/")[0])
	res := result.new(sprintf("EXPOSE %s opens the port of SSH", [port]), instruction)
}

includes_ssh(port) if port == "22"

includes_ssh(range) if {
	regex.match(`^(?:0|[1-9][0-9]{0,4})-[1-9][0-9]{0,4}$`, range)
	[first, last] := split(range, "-")
	to_number(first) <= 22
	to_number(last) >= 22
}
