# METADATA
# title: ADD where COPY is enough
# description: >-
#   ADD also fetches addresses and unpacks archives, so what ends up in the image depends on what the
#   source turns out to be. COPY does just what it says.
# scope: package
# related_resources:
#   - https://docs.docker.com/reference/dockerfile/#add
#   - https://docs.docker.com/build/building/best-practices/#add-or-copy
# custom:
#   id: DS005
#   aliases: []
#   severity: LOW
#   recommended_action: >-
#     Copy files with COPY; keep ADD for archives to unpack and for addresses, with --checksum.
#   compliance:
#     cis-docker: ["4.9"]
#     nist-800-53: ["CM-7"]
#   input:
#     selector:
#       - type: dockerfile
package builtin.dockerfile.DS005

import rego.v1

import data.builtin.lib.docker

deny contains res if {
	some instruction in docker.add
	not object.get(instruction, "Heredocs", [])[0]
	sources := array.slice(instruction.Value, 0, count(instruction.Value) - 1)
	some source in sources
	not needs_add(source)
	res := result.new(sprintf("COPY is enough for '%s'", [source]), instruction)
}

needs_add(source) if regex.match(`^(?i:https?|ftp|git|ssh)://|^git@|\.git(?:#|$)`, source)

needs_add(source) if regex.match(`(?i)\.(?:tar(?:\.[a-z0-9*]+)?|tgz|tbz2?|txz|tlz)$`, source)

needs_add(source) if regex.match(`(?i)^\$\{?[a-z0-9_]*ur[il]`, source)

# How `docker history` writes a layer.
needs_add(source) if regex.match(`^(?:file|multi|dir):[0-9a-f]+$`, source)
