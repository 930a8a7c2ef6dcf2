# METADATA
# title: Base image is not pinned to a version
# description: >-
#   An image without a tag, or with the tag `latest`, is another one whenever its publisher moves the
#   tag: builds cannot be repeated, and a change for the worse comes in unseen.
# scope: package
# related_resources:
#   - https://docs.docker.com/reference/dockerfile/#from
#   - https://docs.docker.com/build/building/best-practices/#pin-base-image-versions
# custom:
#   id: DS001
#   aliases: []
#   severity: MEDIUM
#   recommended_action: >-
#     Name a version in FROM, or better still the digest: `FROM debian:12.6@sha256:…`.
#   compliance:
#     nist-800-53: ["CM-2", "SI-7"]
#   input:
#     selector:
#       - type: dockerfile
package builtin.dockerfile.DS001

import rego.v1

import data.builtin.lib.docker

deny contains res if {
	some base in docker.bases
	not base.image == "scratch"
	not lower(base.image) in docker.aliases
	not contains(base.image, "@")
	not contains(base.image, "$")
	tag_of(base.image) == "latest"
	res := result.new(sprintf("Image '%s' should have a tag other than 'latest'", [base.image]), base.instruction)
}

# A colon before the last slash belongs to the registry's port.
tag_of(image) := tag if {
	steps := split(image, "/")
	[_, tag] := split(steps[count(steps) - 1], ":")
} else := "latest"
