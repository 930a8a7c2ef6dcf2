# METADATA
# title: Secret ends up in the image or its history
# description: >-
#   What ENV, ARG and COPY bring in stays in the image and its history: whoever can pull it can read it,
#   also when a later instruction deletes it.
# scope: package
# related_resources:
#   - https://docs.docker.com/build/building/secrets/
#   - https://docs.docker.com/reference/build-checks/secrets-used-in-arg-or-env/
# custom:
#   id: DS031
#   aliases: []
#   severity: CRITICAL
#   recommended_action: >-
#     Pass secrets to a build with `RUN --mount=type=secret`, and to a container when it starts.
#   compliance:
#     cis-docker: ["4.10"]
#     nist-800-53: ["IA-5", "SC-28"]
#   input:
#     selector:
#       - type: dockerfile
package builtin.dockerfile.DS031

import rego.v1

import data.builtin.lib.credentials
import data.builtin.lib.docker

deny contains res if {
	some instruction in docker.instructions("arg")
	some word in instruction.Value
	name := split(word, "=")[0]
	holds_secret(name)
	res := result.new(sprintf("ARG %s passes a secret to the build", [name]), instruction)
}

deny contains res if {
	some instruction in docker.env
	some at, name in instruction.Value
	at % 3 == 0
	holds_secret(name)
	not harmless(instruction.Value[at + 1])
	res := result.new(sprintf("ENV %s keeps a secret in the image", [name]), instruction)
}

deny contains res if {
	some instruction in docker.env
	some at, value in instruction.Value
	at % 3 == 1
	shows_secret(value)
	res := result.new(sprintf("The value of ENV %s has a secret in it", [instruction.Value[at - 1]]), instruction)
}

deny contains res if {
	some instruction in array.concat(docker.copy, docker.add)
	some source in array.slice(instruction.Value, 0, count(instruction.Value) - 1)
	regex.match(secret_file, source)
	res := result.new(sprintf("%s brings the secret file '%s' into the image", [upper(instruction.Cmd), source]), instruction)
}

holds_secret(name) if credentials.names_credential(name)

holds_secret(name) if regex.match(`(?i)(?:^|_)(?:aws_access_key_id|ssh_?key|deploy_?key)$`, name)

# Empty, a path, or a switch.
harmless(value) if regex.match(`^(?:/.*|(?i:true|false|yes|no|on|off|none|[0-9]{1,2})|)$`, trim(value, `"'`))

shows_secret(value) if credentials.has_url_password(value)

shows_secret(value) if credentials.is_private_key(value)

secret_file := `(?:^|/)(?:\.env|id_(?:rsa|dsa|ecdsa|ed25519)|\.netrc|\.pgpass|\.pypirc|\.git-credentials|\.aws/credentials|\.docker/config\.json|\.kube/config)$`
