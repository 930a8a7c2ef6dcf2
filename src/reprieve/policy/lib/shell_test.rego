package builtin.lib.shell_test

import rego.v1

import data.builtin.lib.shell

test_commands if {
	shell.commands(`a 'b c' && (d; e "f; g") 2>&1 | h`) == [["a", "b c"], ["d"], ["e", "f; g"], ["2>&1"], ["h"]]
}

test_nested_script if {
	shell.commands(`/bin/bash -euxc "a && b" ; c`) == [["a"], ["b"], ["c"]]
}

test_nothing_to_run if {
	shell.commands("") == []
	shell.commands("&& ;") == []
}

test_open_quote if {
	shell.commands(`a 'b`) == [["a", "b"]]
}

test_parts if {
	parts := shell.parts(["then", "X=1", "sudo", "-E", "/usr/bin/apt-get", "install"])
	parts.before == ["then", "X=1", "sudo", "-E"]
	parts.tool == "apt-get"
	parts.words == ["/usr/bin/apt-get", "install"]
}

test_parts_without_a_tool if {
	shell.parts(["sudo", "-i"]) == {"before": ["sudo", "-i"], "tool": "", "words": []}
}

test_heredoc_of_a_shell if {
	shell.script("<<EOF\na \\\n b\nEOF") == "<<EOF\na   b\nEOF"
	shell.script("bash -e <<EOF\na\nEOF") == "bash -e <<EOF\na\nEOF"
	shell.script("<<EOF\n#!/bin/bash\na\nEOF") == "<<EOF\n#!/bin/bash\na\nEOF"
}

test_heredoc_of_another_program if {
	shell.script("cat <<EOF > /x\na\nEOF") == "cat <<EOF > /x"
	shell.script("<<EOF\n#!/usr/bin/python3\na\nEOF") == "<<EOF"
}

test_joined_heredoc if {
	shell.script(`a \ ;  b ; c`) == "a   b ; c"
}
