"""Which language a file is in, as far as its comments go."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

Syntax = Literal[
    "c", "csharp", "css", "dash", "dockerfile", "fortran", "go", "haskell", "hash", "hcl", "ini",
    "javascript", "json", "latex", "lisp", "lua", "markdown", "markup", "perl", "php", "powershell", "prose",
    "python", "ruby", "rust", "shell", "sql", "text", "vb", "yaml",
]  # fmt: skip


_SUFFIXES: Mapping[Syntax, str] = {
    "c": "c h cc cpp cxx hh hpp hxx m mm java kt kts scala swift dart proto thrift groovy gradle nf d zig v "
    "sv cu glsl sol move cairo bicep apex cls trigger jsonnet libsonnet cue pkl",
    "csharp": "cs csx fs fsx razor cshtml",
    "css": "css scss sass less styl",
    "dash": "elm ada adb ads vhd vhdl dhall applescript",
    "fortran": "f f90 f95 f03 for",
    "go": "go",
    "haskell": "hs lhs purs",
    "hash": "toml r jl nim ex exs coffee cr rego tcl awk sed mk mak cmake graphql gql gd bzl bazel star sky "
    "conf nix pp jq gitignore dockerignore",
    "hcl": "tf tfvars hcl nomad tofu",
    "ini": "ini cfg properties env editorconfig service desktop",
    "javascript": "js jsx ts tsx mjs cjs mts cts es6 vue svelte astro",
    "json": "json jsonc json5 webmanifest geojson ipynb sarif",
    "latex": "tex sty erl hrl",
    "lisp": "lisp lsp el clj cljs cljc edn scm rkt asm s",
    "lua": "lua",
    "markdown": "md markdown mdx mkd",
    "markup": "html htm xhtml xml svg xsl xslt xsd csproj vbproj props targets config plist jsp aspx erb "
    "ejs hbs mustache twig j2 jinja jinja2 tmpl gotmpl",
    "perl": "pl pm t perl",
    "php": "php phtml",
    "powershell": "ps1 psm1 psd1",
    "prose": "rst adoc asciidoc txt text org pod rdoc textile wiki log csv tsv po pot",
    "python": "py pyi pyw pyx pxd sage",
    "ruby": "rb rake gemspec ru podspec thor",
    "rust": "rs ron",
    "shell": "sh bash zsh ksh fish bats ebuild command",
    "sql": "sql psql ddl plsql",
    "vb": "vb vbs bas",
    "yaml": "yaml yml tpl",
}
_OF_SUFFIX = {suffix: syntax for syntax, suffixes in _SUFFIXES.items() for suffix in suffixes.split()}

_OF_NAME: Mapping[str, Syntax] = {
    "makefile": "hash",
    "gnumakefile": "hash",
    "jenkinsfile": "c",
    "gemfile": "ruby",
    "rakefile": "ruby",
    "vagrantfile": "ruby",
    "podfile": "ruby",
    "brewfile": "ruby",
    "fastfile": "ruby",
    "berksfile": "ruby",
    "justfile": "hash",
    "earthfile": "hash",
    "tiltfile": "python",
    "build": "python",
    "workspace": "python",
    "sconstruct": "python",
    "snakefile": "python",
    "cmakelists.txt": "hash",
    "requirements.txt": "hash",
    "go.mod": "c",
    ".env": "ini",
    ".npmrc": "ini",
    ".gitconfig": "ini",
    "codeowners": "hash",
    "changelog": "prose",
    "readme": "prose",
    "license": "prose",
    "notice": "prose",
    "authors": "prose",
    "contributing": "prose",
}
_OF_INTERPRETER: tuple[tuple[str, Syntax], ...] = (
    ("python", "python"),
    ("node", "javascript"),
    ("deno", "javascript"),
    ("ruby", "ruby"),
    ("perl", "perl"),
    ("php", "php"),
    ("sh", "shell"),
)


def syntax_of(path: str, head: str) -> Syntax:
    """Which comments a file has, by its name, else by its first line; `text` for one that nobody knows.

    `prose` and `markdown` are written for people: what they say of markers is a mention.
    """
    name = path.rpartition("/")[2].lower()
    named = _by_name(name)
    if named is not None:
        return named
    stem, _, suffix = name.rpartition(".")
    if stem and suffix in _MODELS:
        return syntax_of(stem, head)
    if head.startswith("#!"):
        command = head.partition("\n")[0]
        return next((syntax for word, syntax in _OF_INTERPRETER if word in command), "shell")
    return "text"


_MODELS = frozenset({"in", "template", "example", "sample", "dist", "bak", "orig"})
"""Endings of files that are to become others."""


def _by_name(name: str) -> Syntax | None:
    if name.startswith(("dockerfile", "containerfile")) or name.endswith((".dockerfile", ".containerfile")):
        return "dockerfile"
    if name.startswith("jenkinsfile"):
        return "c"
    if name in _OF_NAME:
        return _OF_NAME[name]
    suffix = name.rpartition(".")[2]
    if "." in name and suffix in _OF_SUFFIX:
        return _OF_SUFFIX[suffix]
    return "ini" if name.startswith((".env.", "requirements")) else None
