package builtin.dockerfile.DS031_test

import rego.v1

import data.builtin.dockerfile.DS031 as check
import data.builtin.lib.docker_fixtures as fixtures

test_argument if {
	count(check.deny) == 1 with input as fixtures.file([[["from", ["alpine:3.20"]], ["arg", ["GITHUB_TOKEN"]]]])
}

test_argument_with_default if {
	count(check.deny) == 1 with input as fixtures.file([[["from", ["alpine:3.20"]], ["arg", ["VERSION=1", "DB_PASSWORD=changeit"]]]])
}

test_environment if {
	count(check.deny) == 1 with input as fixtures.file([[
		["from", ["alpine:3.20"]],
		["env", ["PORT", "8080", "=", "DB_PASSWORD", "$DB_PASSWORD", "="]],
	]])
}

test_old_form if {
	count(check.deny) == 1 with input as fixtures.file([[["from", ["alpine:3.20"]], ["env", ["API_KEY", "placeholder", ""]]]])
}

test_address if {
	count(check.deny) == 1 with input as fixtures.file([[
		["from", ["alpine:3.20"]],
		["env", ["DB", "postgres://shop:placeholder@db/shop", "="]],
	]])
}

test_key_file if {
	count(check.deny) == 1 with input as fixtures.file([[["from", ["alpine:3.20"]], ["copy", ["id_rsa", "/root/.ssh/"]]]])
}

test_env_file if {
	count(check.deny) == 1 with input as fixtures.file([[["from", ["alpine:3.20"]], ["add", ["config/.env", "/srv/"]]]])
}

test_before_the_first_stage if {
	count(check.deny) == 1 with input as fixtures.file([[["arg", ["NPM_TOKEN"]]], [["from", ["alpine:3.20"]]]])
}

test_harmless_names if {
	count(check.deny) == 0 with input as fixtures.file([[
		["from", ["alpine:3.20"]],
		["env", ["DB_PASSWORD_FILE", "/run/secrets/db", "=", "TOKEN_TTL", "60", "=", "DB_PASSWORD", "/run/secrets/db", "=", "ADMIN_PASSWORD", "\"\"", "="]],
		["arg", ["VERSION=1"]],
	]])
}

test_public_key if {
	count(check.deny) == 0 with input as fixtures.file([[
		["from", ["alpine:3.20"]],
		["copy", ["id_rsa.pub", ".env.example", "/srv/"]],
		["env", ["PUBLIC_KEY", "abc", "="]],
	]])
}

test_mounted if {
	count(check.deny) == 0 with input as fixtures.file([[
		["from", ["alpine:3.20"]],
		["run", ["make"], ["--mount=type=secret,id=token"]],
	]])
}
