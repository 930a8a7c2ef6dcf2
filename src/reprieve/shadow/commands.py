"""Commands in scripts, Makefiles and pipelines that run a scanner: its arguments, and whether failure counts.

Not a shell: lines are joined at a backslash, cut at operators outside quotes, and the first word that is not
a wrapper (`sudo`, `npx`, `docker run …`) is the command.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from reprieve.shadow.scanners import SCANNERS, Scanner
from reprieve.shadow.source import File

_LONGEST = 20_000
"""Characters of one command that are looked at."""
_MOST_LINES = 200
_TOKEN = re.compile(r"\"(?:[^\"\\]|\\.)*\"|'[^']*'|\|\||&&|[;|&]|(?:[^\s\"';|&\\]|\\.|[\"'\\])+")
_OPERATORS = frozenset({"||", "&&", ";", "|", "&"})
_ASSIGNMENT = re.compile(r"[A-Za-z_]\w*=")
_WRAPPERS = frozenset({
    *("sudo", "env", "exec", "time", "nice", "nohup", "xargs", "!"),
    *("if", "then", "do", "else", "while"),
    *("npx", "uvx", "bunx", "poetry", "pipenv", "uv", "pipx", "hatch", "rye", "pdm", "run", "dlx", "--"),
    *("python", "python3", "py", "-m", "docker", "podman", "nerdctl", "mise", "asdf", "nix", "bundle"),
})  # fmt: skip
"""Words that may come before the command that they run."""
_CONTAINERS = frozenset({"docker", "podman", "nerdctl"})
_LEAD = re.compile(
    r"^\s*(?:-\s+)?(?:(?:run|script|command|cmd|entry|sh|bash|shell|before_script|after_script)\s*:\s*)?"
    r"(?:-\s+)?(?:[|>][-+]?\s*$)?[\"']?\s*"
)
_DOCKER_RUN = re.compile(r"^\s*RUN\s+(?:--\S+\s+)*", re.IGNORECASE)
_GROOVY = re.compile(r"\b(?:sh|bat|powershell)\s*\(?\s*(?:script\s*:\s*)?(\"\"\"|'''|\"|')(.*)")
_SCRIPT = re.compile(r"^\s*\"[^\"]+\"\s*:\s*\"((?:[^\"\\]|\\.)*)\"")
_RECIPE = re.compile(r"^\t\s*([@+-]*)\s*")
_PASSES = frozenset({"true", ":", "/bin/true", "echo", "printf", "continue"})


class Command(NamedTuple):
    """A scanner that is run."""

    line: int
    """The first, from 1."""
    last: int
    scanner: Scanner
    arguments: tuple[str, ...]
    """Without quotes."""
    text: str
    """What stands there."""
    swallowed: str | None
    """How its failure is made to pass: `|| true`; None when it counts."""


def commands(
    file: File, *, groovy: bool = False, recipes: bool = False, scripts: bool = False
) -> Iterator[Command]:
    """The scanners that a file runs.

    Args:
        file: a script, a Makefile, a pipeline: text with a command on a line.
        groovy: whether commands are arguments of `sh`.
        recipes: whether it is a Makefile, where a `-` before a command makes its failure pass.
        scripts: whether commands are values of JSON.
    """
    for number, last, line in _logical(file, "//" if groovy else "#"):
        if recipes and (recipe := _RECIPE.match(line)):
            yield from _in_line(
                number, last, line[recipe.end() :], "- before it" if "-" in recipe[1] else None
            )
        elif groovy and (step := _GROOVY.search(line)):
            yield from _in_line(number, last, step[2].partition(step[1])[0], None)
        elif scripts:
            script = _SCRIPT.match(line)
            yield from _in_line(number, last, script[1].replace('\\"', '"') if script else "", None)
        else:
            yield from _in_line(number, last, line, None)


def _logical(file: File, mark: str) -> Iterator[tuple[int, int, str]]:
    """First and last line, and text, of each command: joined where a line ends in a backslash."""
    number = 0
    while number < len(file.lines):
        number += 1
        first, text = number, file.line(number)
        if text.lstrip().startswith(mark):
            continue
        while text.endswith("\\") and number < len(file.lines) and number - first < _MOST_LINES:
            number += 1
            text = f"{text[:-1]} {file.line(number).strip()}"
        yield first, number, text[:_LONGEST]


def _in_line(number: int, last: int, text: str, ignored: str | None) -> Iterator[Command]:
    lower = text.lower()
    if not any(name in lower for name in SCANNERS):
        return
    body = _DOCKER_RUN.sub("", _LEAD.sub("", text, count=1), count=1)
    tokens = _tokens(body)
    start = 0
    for end in range(len(tokens) + 1):
        if end < len(tokens) and tokens[end] not in _OPERATORS:
            continue
        simple = tokens[start:end]
        found = _scanner(simple)
        if found is not None:
            scanner, arguments = found
            swallowed = ignored or _swallowed(tokens, end)
            yield Command(number, last, scanner, arguments, " ".join(text.split()), swallowed)
        start = end + 1


def _tokens(text: str) -> list[str]:
    """Words and operators; a comment ends them."""
    found = []
    for token in _TOKEN.findall(text):
        if token.startswith("#"):
            break
        found.append(token)
    return found


def _scanner(words: list[str]) -> tuple[Scanner, tuple[str, ...]] | None:
    """The scanner that a simple command runs, and its arguments."""
    contained = False
    for index, word in enumerate(words):
        plain = _PUNCTUATION.sub("", word).lower()
        name = plain.rpartition("/")[2]
        if contained:
            name = name.partition(":")[0].partition("@")[0]
        if name in SCANNERS and (not contained or "/" in plain or ":" in plain):
            return _with_arguments(SCANNERS[name], words[index + 1 :])
        contained = contained or (plain in _CONTAINERS and "run" in words[index + 1 : index + 3])
        if not (contained or plain in _WRAPPERS or not plain or plain[0] == "-" or _ASSIGNMENT.match(plain)):
            return None
    return None


_PUNCTUATION = re.compile(r"[\"'`(){}$]")


def _with_arguments(scanner: Scanner, words: list[str]) -> tuple[Scanner, tuple[str, ...]] | None:
    """A scanner that is run to scan, with what it is told."""
    arguments = tuple(word.strip("\"'`") for word in words)
    if scanner.needs and not scanner.needs & set(arguments[:4]):
        return None
    return None if _asks_itself(arguments) else (scanner, arguments)


def _asks_itself(arguments: tuple[str, ...]) -> bool:
    """Whether a command only asks the tool for its version and the like."""
    return bool(arguments) and arguments[0] in _QUESTIONS


_QUESTIONS = frozenset({"--version", "-v", "version", "--help", "help", "-h", "install", "--update"})


def _swallowed(tokens: list[str], end: int) -> str | None:
    """What comes after a command so that its failure passes."""
    operator = tokens[end] if end < len(tokens) else ""
    words = [plain for token in tokens[end + 1 :] if (plain := token.strip("\"'`(){} "))]
    if not words or operator not in {"||", ";"}:
        return None
    first, second = words[0], words[1] if len(words) > 1 else ""
    if first in {"exit", "return"}:
        return f"{operator} {first} 0" if second == "0" else None
    passes = {"true", ":"} if operator == ";" else _PASSES
    return f"{operator} {first}" if first in passes and not _fails_later(words) else None


def _fails_later(words: list[str]) -> bool:
    """Whether what follows ends with a failure after all: `|| { echo failed; exit 1; }`."""
    ends = [index for index, word in enumerate(words) if word in {"exit", "return"}]
    return any(words[index + 1 : index + 2] != ["0"] for index in ends) or words[-1] == "false"
