# The instructions of a Dockerfile by keyword and by stage. The names up to `command_indexes` are those that
# custom checks written for Trivy import. What has another shape than the reader gives is left out, since
# Rego's builtins stop at a value of the wrong type.
package builtin.lib.docker

import rego.v1

import data.builtin.lib.shell

from := instructions("from")

add := instructions("add")

cmd := instructions("cmd")

copy := instructions("copy")

entrypoint := instructions("entrypoint")

env := instructions("env")

expose := instructions("expose")

healthcheck := instructions("healthcheck")

run := instructions("run")

user := instructions("user")

workdir := instructions("workdir")

stage_cmd := stage_instructions("cmd")

stage_copies := stage_instructions("copy")

stage_entrypoints := stage_instructions("entrypoint")

stage_healthcheck := stage_instructions("healthcheck")

stage_run := stage_instructions("run")

stage_user := stage_instructions("user")

instructions(keyword) := [instruction |
	some instruction in all_instructions
	instruction.Cmd == keyword
]

# Stage to its instructions with that keyword; a stage without any has an empty list.
stage_instructions(keyword) := {stage: found |
	some number, stage in stages
	found := in_stage(number, keyword)
}

split_cmd(script) := shell.commands(script)

# Which of the commands have a word of `tools` and, after it, one of `verbs`; undefined when none has.
command_indexes(commands, verbs, tools) := indexes if {
	indexes := [index |
		some index, words in commands
		tool_at := min([at | some at, word in words; word == tools[_]])
		verb_at := max([at | some at, word in words; word == verbs[_]])
		tool_at < verb_at
	]
	count(indexes) > 0
}

stages := [stage |
	stage := input.Stages[_]
	is_object(stage)
	is_array(stage.Commands)
]

bodies := [[instruction | instruction := stage.Commands[_]; well_formed(instruction)] | some stage in stages]

all_instructions := [instruction |
	some body in bodies
	some instruction in body
]

well_formed(instruction) if {
	is_object(instruction)
	is_string(instruction.Cmd)
	are_strings(instruction.Value)
	are_strings(object.get(instruction, "Flags", []))
}

are_strings(list) if {
	is_array(list)
	every item in list {
		is_string(item)
	}
}

in_stage(number, keyword) := [instruction |
	some instruction in bodies[number]
	instruction.Cmd == keyword
]

# What `--name=value` says, for each time that it is given.
flags(instruction, name) := [substring(flag, count(start), -1) |
	start := sprintf("--%s=", [name])
	some flag in object.get(instruction, "Flags", [])
	startswith(flag, start)
]

# By stage, what it begins with: the FROM instruction, the image with the defaults of ARG put in, the name after AS.
bases := {number: base |
	some number, body in bodies
	body[0].Cmd == "from"
	base := {
		"instruction": body[0],
		"stage": number,
		"image": with_defaults(body[0].Value[0]),
		"alias": name_after_as(body[0].Value),
	}
}

name_after_as(value) := lower(value[2]) if {
	count(value) == 3
	lower(value[1]) == "as"
} else := ""

aliases := {base.alias | some base in bases; base.alias != ""}

# By name, the numbers of the stages that have it.
called := {alias: numbers |
	some alias in aliases
	numbers := {base.stage | some base in bases; base.alias == alias}
}

# How a message calls a stage: by its name, else by its image.
title(number) := title_of(bases[number])

title_of(base) := base.alias if base.alias != ""

else := base.instruction.Value[0]

# What the ARG instructions before the first FROM say, the only ones that FROM can refer to.
global_arguments := [word |
	not bodies[0][0].Cmd == "from"
	some instruction in bodies[0]
	instruction.Cmd == "arg"
	some word in instruction.Value
	contains(word, "=")
]

# The last default counts.
default_of(name) := trim(substring(last, count(start), -1), `"'`) if {
	start := sprintf("%s=", [name])
	found := [word | some word in global_arguments; startswith(word, start)]
	last := found[count(found) - 1]
} else := ""

with_defaults(image) := image if not contains(image, "$")

else := strings.replace_n(known, image) if {
	known := {written: value |
		some [written, braced, otherwise, plain] in regex.find_all_string_submatch_n(variable, image, -1)
		value := [text | some text in [default_of(concat("", [braced, plain])), otherwise]; text != ""][0]
	}
}

variable := `\$(?:\{(\w+)(?::-([^}]*))?\}|(\w+))`

# The number of the stage that an unqualified build ends with.
final := max([number | some number, _ in bases])

# The final stage and, one FROM after the other, the stages that it inherits USER and HEALTHCHECK from.
lineage := graph.reachable(parents, {final})

parents := {number: earlier |
	some number, base in bases
	earlier := {other | some other in called[lower(base.image)]; other < number}
}

# The image that the final stage begins with in the end.
final_image := bases[min(lineage)].image

# Instructions of a keyword that a later one of the same stage replaces: for each such stage, all of them.
replaced(keyword) := [{"stage": number, "instructions": found} |
	some number, _ in bodies
	found := in_stage(number, keyword)
	count(found) > 1
]

# Each command that a RUN instruction gives to the shell: its words from the tool's name on, and the words before it.
shell_commands := [command |
	some body in placed
	some commands in body
	some command in commands
]

# The same by stage and by the instruction's place in it.
placed := [[commands_of(instruction, number, place) | some place, instruction in body] | some number, body in bodies]

commands_of(instruction, number, place) := [command |
	instruction.Cmd == "run"
	some at, words in words_of(instruction)
	parts := shell.parts(words)
	command := {
		"instruction": instruction,
		"stage": number,
		"place": place,
		"at": at,
		"before": parts.before,
		"tool": parts.tool,
		"words": parts.words,
	}
]

# What runs after a command in the same instruction.
after(command) := array.slice(commands, command.at + 1, count(commands)) if {
	commands := placed[command.stage][command.place]
}

words_of(instruction) := shell.commands(script) if {
	script := shell_array(instruction)
} else := [instruction.Value] if {
	object.get(instruction, "JSON", false) == true
} else := [instruction.Value] if {
	count(instruction.Value) > 1
} else := shell.commands(shell.script(instruction.Value[0]))

# The script in ["sh", "-c", "script"].
shell_array(instruction) := instruction.Value[2] if {
	count(instruction.Value) == 3
	shell.name(instruction.Value[0]) in shell.shells
	regex.match(`^-\w*c$`, instruction.Value[1])
}

calls(tools) := [command |
	some command in shell_commands
	command.tool in tools
]

# Calls of a tool with one of the verbs.
calls_to(tools, verbs) := [command |
	some command in calls(tools)
	has_verb(command, verbs)
]

has_verb(command, verbs) if {
	some verb in verbs
	verb in command.words
}

# Whether a later command of the same instruction cleans up: the tool itself, rm, or a cache that is mounted.
cleans_up(command, tools, verbs, directory) if {
	some later in after(command)
	later.tool in tools
	has_verb(later, verbs)
} else if {
	some later in after(command)
	later.tool == "rm"
	some word in later.words
	startswith(word, directory)
} else if mounts_cache(command.instruction, directory)

mounts_cache(instruction, directory) if {
	some mount in flags(instruction, "mount")
	contains(mount, "type=cache")
	contains(mount, directory)
}

# A command as a message shows it, without the assignments before it: their values may be secret.
shown(command) := shortened(concat(" ", array.concat(openers, command.words))) if {
	openers := [word | some word in command.before; not contains(word, "=")]
}

shortened(text) := text if count(text) <= 80

else := sprintf("%s…", [substring(text, 0, 79)])
