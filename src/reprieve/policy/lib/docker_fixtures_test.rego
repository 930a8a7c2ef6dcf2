# Dockerfiles for tests: each stage as a list of [keyword, values] or [keyword, values, flags].
package builtin.lib.docker_fixtures

import rego.v1

file(stages) := {"Stages": [{"Name": name(stage), "Commands": [instruction(stage, number, place) | some place, _ in stage]} |
	some number, stage in stages
]}

name(stage) := concat(" ", stage[0][1]) if stage[0][0] == "from"

else := ""

instruction(stage, number, place) := {
	"Cmd": stage[place][0],
	"SubCmd": "",
	"Value": stage[place][1],
	"Flags": object.get({"flags": stage[place][2]}, "flags", []),
	"JSON": count(stage[place][1]) > 1,
	"Stage": number,
	"StartLine": (number * 100) + place,
	"EndLine": (number * 100) + place,
} if stage[place][2]

else := {
	"Cmd": stage[place][0],
	"SubCmd": "",
	"Value": stage[place][1],
	"Flags": [],
	"JSON": count(stage[place][1]) > 1,
	"Stage": number,
	"StartLine": (number * 100) + place,
	"EndLine": (number * 100) + place,
}
