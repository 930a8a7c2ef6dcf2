# Whether a setting looks like a credential written out in full: its name says so, and its value is no
# reference to somewhere else. Names are told apart by their last word, since `TOKEN_FILE`, `TOKEN_TTL` or
# `SECRET_NAME` hold no credential.
package builtin.lib.credentials

import rego.v1

# Whole words, since PWD is the working directory and a monkey ends in key; or endings that say it by themselves.
credential_words := concat("", [
	`(^|_)(secret|token|pwd|passphrase|credentials?|(api|access|secret|private|signing|encryption|master|account)_?key)[0-9]*$`,
	`|(password|passwd|apikey)[0-9]*$`,
])

# The name of an object that holds the credential, a switch, or a number of tokens.
harmless_words := `^(pwd|.*(existing|pull|tls|from|kube)_secret|(allow|use|enable|disable|require|max|min|num)_.*)$`

names_credential(name) if {
	is_string(name)
	words := snake_case(name)
	regex.match(credential_words, words)
	not regex.match(harmless_words, words)
}

# dbPassword, db-password and DB.PASSWORD all become db_password.
snake_case(name) := lower(regex.replace(regex.replace(name, `([a-z0-9])([A-Z])`, `${1}_${2}`), `[-.]+`, `_`))

# References ($VAR, ${VAR}, {{ .x }}, <x>, ENC[…], vault:…), paths, switches, masks and the marks of nested YAML.
not_literal := concat("", [
	`^\s*$|^[$<{\[|>&*%/]|^(ENC\[|vault:|ref\+|file:|env:|secret:|arn:)`,
	`|^(?i:true|false|yes|no|on|off|none|null|nil|enabled|disabled|required|optional|[0-9]{1,2}|\*+|x+)$`,
])

literal(value) if {
	is_string(value)
	not regex.match(not_literal, value)
}

# A name that says credential with a value written out, or a value that shows it by itself.
exposes(name, value) if {
	literal(value)
	names_credential(name)
}

exposes(_, value) if is_private_key(value)

exposes(_, value) if has_url_password(value)

is_private_key(value) if {
	is_string(value)
	regex.match(`-----BEGIN [A-Z ]*PRIVATE KEY-----`, value)
}

# postgres://user:password@host
has_url_password(value) if {
	is_string(value)
	regex.match(`[a-z][a-z0-9+.-]*://[^\s/:@$<{]*:[^\s/:@$<{%*][^\s/@$<{]*@`, value)
}

# Lines of a file that set something whose name may say credential; one search keeps long files cheap.
settings := concat("", [
	`(?im)(?:^|[{,])[ \t]*["']?([a-z0-9_.-]*(?:pass|pwd|secret|token|key|credential)[a-z0-9_.-]*)["']?[ \t]*[:=][ \t]*["']?([^\s"',;#]+)`,
])

# The names of the settings inside a text that hold a credential.
exposed_in(text) := {name |
	is_string(text)
	some [_, name, value] in regex.find_all_string_submatch_n(settings, text, -1)
	literal(value)
	names_credential(name)
}
