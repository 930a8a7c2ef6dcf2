# METADATA
# title: apk leaves its index in the layer
# description: >-
#   Without --no-cache, apk keeps its index in the layer: the image is larger, and later steps install
#   from an index that has aged.
# scope: package
# related_resources:
#   - https://wiki.alpinelinux.org/wiki/Alpine_Package_Keeper
# custom:
#   id: DS025
#   aliases: []
#   severity: HIGH
#   recommended_action: >-
#     Write `apk add --no-cache`, or mount /var/cache/apk as a cache.
#   compliance:
#     nist-800-53: ["CM-6"]
#   input:
#     selector:
#       - type: dockerfile
package builtin.dockerfile.DS025

import rego.v1

import data.builtin.lib.docker

deny contains res if {
	some command in docker.calls_to({"apk"}, {"add"})
	not "--no-cache" in command.words
	not docker.cleans_up(command, {"apk"}, {"clean"}, "/var/cache/apk")
	not docker.mounts_cache(command.instruction, "/etc/apk/cache")
	not clears_cache(command)
	res := result.new(sprintf("'%s' should have --no-cache", [docker.shown(command)]), command.instruction)
}

# The whole of /var/cache goes.
clears_cache(command) if {
	some later in docker.after(command)
	later.tool == "rm"
	some word in later.words
	word in {"/var/cache", "/var/cache/", "/var/cache/*"}
}
