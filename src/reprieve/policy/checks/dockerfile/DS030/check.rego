# METADATA
# title: WORKDIR lies in a system directory
# description: >-
#   Files written to a system directory mix with those of the kernel and the boot loader, and vanish
#   behind what is mounted there when the container runs.
# scope: package
# related_resources:
#   - https://docs.docker.com/reference/dockerfile/#workdir
# custom:
#   id: DS030
#   aliases: []
#   severity: HIGH
#   recommended_action: >-
#     Choose a directory of its own, /srv/app for example.
#   compliance:
#     nist-800-53: ["CM-6"]
#   input:
#     selector:
#       - type: dockerfile
package builtin.dockerfile.DS030

import rego.v1

import data.builtin.lib.docker

system_directories := {"/proc", "/sys", "/dev", "/boot", "/initrd", "/lost+found"}

deny contains res if {
	some instruction in docker.workdir
	some path in instruction.Value
	some directory in system_directories
	startswith(concat("", [trim(path, `"' `), "/"]), concat("", [directory, "/"]))
	res := result.new(sprintf("WORKDIR %s lies in the system directory %s", [path, directory]), instruction)
}
