# Shell scripts as far as checks need them: which simple commands they have, and which tool each calls.
package builtin.lib.shell

import rego.v1

shells := {"sh", "bash", "ash", "dash", "ksh", "zsh"}

separators := {"&&", "||", ";", "|", "&", "(", ")", "\n"}

# A redirection, a separator, or a word with its quoted parts.
token := concat("|", [
	`&>>?|[0-9]*>&[0-9-]*`,
	`&&|\|\||[;|&()\n]`,
	`(?:[^\s'";|&()\\]|\\.|'[^']*'|"(?:\\.|[^"\\])*")+`,
])

# `bash -c "script"`
nested := `(?:^|[\s;&|])(?:[^\s;&|]*/)?(?:ba|da|a|k|z)?sh\s+(?:-\S+\s+)*?-\w*c\s+(?:"((?:\\.|[^"\\])*)"|'([^']*)')`

# The simple commands of a script, each as its words without quotes.
commands(script) := found if {
	is_string(script)
	tokens := regex.find_n(token, unnested(script), -1)
	ends := [at | some at, word in tokens; word in separators]
	bounds := array.concat(array.concat([-1], ends), [count(tokens)])
	found := [[unquoted(word) | some word in array.slice(tokens, bounds[i] + 1, bounds[i + 1])] |
		some i, _ in bounds
		bounds[i + 1] > bounds[i] + 1
	]
}

unnested(script) := regex.replace(script, nested, ` ; ${1}${2} ; `) if contains(script, "sh ")

else := script

unquoted(word) := replace(replace(word, `"`, ""), "'", "")

# What of a RUN instruction's text is a shell's: a heredoc is, unless it goes to another program. A line that
# goes on after a backslash is one, also where the lines of a heredoc were joined.
script(text) := text if {
	not contains(text, "\n")
	not contains(text, "\\ ; ")
} else := replace(text, "\\ ; ", " ") if {
	not contains(text, "\n")
} else := replace(text, "\\\n", " ") if {
	regex.match(`^(?:\S*/)?(?:(?:ba|da|a|k|z)?sh\s[^\n]*)?<<[^\n]*\n(?:[^#]|#[^!]|#!\S*[/ ](?:env )?(?:ba|da|a|k|z)?sh\b|$)`, text)
} else := split(text, "\n")[0]

# Words that may stand before the tool's name, besides assignments and options.
openers := {"if", "then", "else", "elif", "do", "while", "until", "!", "{", "time", "exec", "command", "env", "sudo", "nice"}

stands_before(word) if word in openers

stands_before(word) if startswith(word, "-")

stands_before(word) if {
	contains(word, "=")
	regex.match(`^[A-Za-z_]\w*\+?=`, word)
}

parts(words) := {
	"before": array.slice(words, 0, first),
	"tool": name(words[first]),
	"words": array.slice(words, first, count(words)),
} if {
	first := min([at | some at, word in words; not stands_before(word)])
} else := {"before": words, "tool": "", "words": []}

# `apt-get` of `/usr/bin/apt-get`
name(word) := steps[count(steps) - 1] if steps := split(word, "/")
