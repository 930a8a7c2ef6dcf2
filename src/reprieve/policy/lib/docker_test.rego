package builtin.lib.docker_test

import rego.v1

import data.builtin.lib.docker
import data.builtin.lib.docker_fixtures as fixtures

two_stages := fixtures.file([
	[["arg", ["VERSION=1", "VERSION=\"2\""]]],
	[["from", ["golang:${VERSION}", "AS", "Build"]], ["run", ["go build"]], ["user", ["shop"]]],
	[["from", ["build"]], ["copy", ["/a", "/b"], ["--from=build"]], ["run", ["a && b"]], ["run", ["c"]]],
])

test_names_of_custom_checks if {
	count(docker.from) == 2 with input as two_stages
	[value | some instruction in docker.run; value := instruction.Value[0]] == ["go build", "a && b", "c"] with input as two_stages
	docker.user[0].Value == ["shop"] with input as two_stages
	counts := {stage.Name: count(found) | some stage, found in docker.stage_run} with input as two_stages
	counts == {"": 0, "golang:${VERSION} AS Build": 1, "build": 2}
}

test_command_indexes if {
	commands := docker.split_cmd("apt-get update && ls && apt-get -y install x")
	docker.command_indexes(commands, ["update"], ["apt-get"]) == [0]
	docker.command_indexes(commands, ["install", "update"], ["apt-get"]) == [0, 2]
	not docker.command_indexes(commands, ["update"], ["apk"])
}

test_defaults_of_arguments if {
	docker.bases[1].image == "golang:2" with input as two_stages
}

test_lineage if {
	docker.final == 2 with input as two_stages
	docker.lineage == {1, 2} with input as two_stages
	docker.final_image == "golang:2" with input as two_stages
}

test_flags if {
	docker.flags(docker.copy[0], "from") == ["build"] with input as two_stages
}

test_shell_commands if {
	tools := [command.tool | some command in docker.shell_commands] with input as two_stages
	tools == ["go", "a", "b", "c"]
}

test_arrays if {
	tools := [command.tool | some command in docker.shell_commands] with input as fixtures.file([[
		["run", ["apk", "add", "x && y"]],
		["run", ["/bin/sh", "-c", "a && b"]],
	]])
	tools == ["apk", "a", "b"]
}

test_odd_shapes if {
	every value in [null, 5, "x", [], {}, [null], {"Stages": 5}, {"Stages": [null, {"Commands": "x"}]}] {
		docker.all_instructions == [] with input as value
		docker.shell_commands == [] with input as value
	}
	every value in [null, "x", {"Cmd": 5}, {"Cmd": "run"}, {"Cmd": "run", "Value": [1]}, {"Cmd": "run", "Value": [], "Flags": 5}] {
		docker.all_instructions == [] with input as {"Stages": [{"Commands": [value]}]}
	}
}
