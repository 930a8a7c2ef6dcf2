# METADATA
# title: Package index is updated in a RUN of its own
# description: >-
#   An instruction that only updates is kept in the build cache. Later builds install from an old index,
#   or keep packages with known faults, while the file seems to update them.
# scope: package
# related_resources:
#   - https://docs.docker.com/build/building/best-practices/#apt-get
# custom:
#   id: DS017
#   aliases: []
#   severity: HIGH
#   recommended_action: >-
#     Update and install in one RUN instruction.
#   compliance:
#     cis-docker: ["4.7"]
#     nist-800-53: ["SI-2"]
#   input:
#     selector:
#       - type: dockerfile
package builtin.dockerfile.DS017

import rego.v1

import data.builtin.lib.docker

updates := {"update", "up", "check-update", "makecache", "refresh", "ref"}

installs := {"install", "in", "add", "upgrade", "dist-upgrade", "full-upgrade", "build-dep", "reinstall", "groupinstall", "localinstall", "source-install", "dup", "patch"}

managers := {"apt-get", "apt", "aptitude", "apk", "yum", "dnf", "dnf5", "microdnf", "zypper"}

deny contains res if {
	some command in docker.calls_to(managers, updates)
	not docker.has_verb(command, installs)
	not installed_after(command)
	not keeps_index(command)
	res := result.new(sprintf("'%s' should stand in one RUN with the installation", [docker.shown(command)]), command.instruction)
}

installed_after(command) if {
	some later in docker.after(command)
	later.tool in managers
	docker.has_verb(later, installs)
}

# An index in a mounted cache is no part of a layer.
keeps_index(command) if docker.mounts_cache(command.instruction, "/var/lib/apt")

keeps_index(command) if docker.mounts_cache(command.instruction, "/var/cache/apk")
