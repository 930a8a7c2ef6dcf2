"""Dockerfile and Containerfile: stages of commands, in the shape that checks written for Trivy read.

Nothing is substituted: `FROM golang:${VERSION}` has that very value. What stands before the first FROM is a
stage without a name, and its commands count, as in Trivy, to stage 0.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any, cast

import msgspec

from reprieve.policy.inputs.dockerfile_lines import (
    BLANKS,
    Grammar,
    Heredoc,
    Instruction,
    Source,
    is_heredoc,
    shown,
)
from reprieve.policy.inputs.interface import Document, InputError, Lines

_NAMES = ("dockerfile", "containerfile")
_BEGINS = re.compile(r"(?i)(?:from|arg)\s(?!\s*\S+\s+import\b)")
"""How each Dockerfile begins, and no Python module does."""

_STAGE_NAME = re.compile(r"[a-z][a-z0-9._-]*")
_NO_TRIGGER = ("from", "maintainer", "onbuild")


def claims(name: str, head: str) -> bool:
    """Whether a file of this name is a Dockerfile; `Dockerfile.go` and the like have to begin as one, too."""
    stem, _, suffix = name.rpartition("/")[2].lower().partition(".")
    if name.lower().endswith((".dockerfile", ".containerfile")):
        return True
    if stem not in _NAMES or suffix == "dockerignore":
        return False
    if not suffix:
        return True
    lines = (line.strip() for line in head.removeprefix("\ufeff").splitlines())
    first = next((line for line in lines if line and not line.startswith("#")), None)
    return bool(head.strip()) if first is None else bool(_BEGINS.match(first))


def read(path: str, text: str) -> list[Document]:
    """The file as one document. Errors: `InputError`, with the line of the instruction that is at fault."""
    source = Source(text)
    stages = _stages(_command(path, instruction) for instruction in source.instructions())
    if not stages:
        raise InputError("The file has no instructions.", line=1)

    def lines(keys: Sequence[str | int]) -> Lines:
        if len(keys) < 2 or keys[0] != "Stages":
            return 1, source.count
        commands = stages[cast(int, keys[1])]["Commands"]
        if len(keys) > 3 and keys[2] == "Commands":
            commands = [commands[cast(int, keys[3])]]
        return commands[0]["StartLine"], commands[-1]["EndLine"]

    return [Document(kind="dockerfile", path=path, value={"Stages": stages}, lines=lines)]


def _stages(commands: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    stages: list[dict[str, Any]] = []
    number = -1
    for command in commands:
        if command["Cmd"] == "from":
            number += 1
            name = command["Original"].strip()[len("FROM") :].strip()
            stages.append({"Name": name, "Commands": []})
        elif not stages:
            stages.append({"Name": "", "Commands": []})
        command["Stage"] = max(0, number)
        stages[-1]["Commands"].append(command)
    return stages


def _command(path: str, instruction: Instruction) -> dict[str, Any]:
    try:
        value, is_json = _value(instruction)
    except InputError as error:
        raise InputError(error.message, line=instruction.start) from None
    heredocs = instruction.heredocs
    command: dict[str, Any] = {
        "Cmd": instruction.keyword.lower(),
        "SubCmd": instruction.trigger,
        "Flags": instruction.flags,
        "Value": [_script(value[0], heredocs)] if heredocs else value,
        "Original": "\n".join([instruction.text, *(heredoc.written for heredoc in heredocs)]),
        "JSON": is_json,
        "Stage": 0,
        "Path": path,
        "StartLine": instruction.start,
        "EndLine": instruction.end,
    }
    if heredocs:
        command["Heredocs"] = [{"Name": each.name, "Content": "\n".join(each.lines)} for each in heredocs]
    return command


def _script(command: str, heredocs: list[Heredoc]) -> str:
    """What the shell gets: the lines of a heredoc that stands alone, or a command with its heredocs."""
    _, lines, tabs_go = heredocs[0]
    if not is_heredoc(command) or (lines and lines[0].startswith("#!")):
        return "\n".join([command, *(heredoc.written for heredoc in heredocs)])
    return " ; ".join(line.lstrip("\t") if tabs_go else line for line in lines)


def _value(instruction: Instruction) -> tuple[list[str], bool]:
    """The arguments as their instruction splits them, and whether they were a JSON array."""
    keyword = (instruction.trigger or instruction.keyword).lower()
    if keyword not in _FORMS:
        raise InputError(f"Unknown instruction {shown(instruction.trigger or instruction.keyword)}.")
    if instruction.trigger and keyword in _NO_TRIGGER:
        raise InputError(f"{keyword.upper()} cannot follow ONBUILD.")
    form, least = _FORMS[keyword]
    value, is_json = form(instruction.arguments, instruction.grammar)
    if len(value) < least:
        raise InputError(
            f"{keyword.upper()} needs {'an argument' if least == 1 else 'a source and a destination'}."
        )
    if keyword == "from":
        _refuse_stage(value)
    if keyword == "shell" and not is_json:
        raise InputError("SHELL needs a JSON array.")
    if keyword == "healthcheck" and value[0].upper() not in ("CMD", "NONE"):
        raise InputError(f"HEALTHCHECK is followed by CMD or NONE, not by {shown(value[0])}.")
    return value, is_json


def _refuse_stage(value: list[str]) -> None:
    if len(value) != 1 and (len(value) != 3 or value[1].lower() != "as"):
        raise InputError("FROM needs an image, or an image, AS and a name.")
    if len(value) == 3 and not _STAGE_NAME.fullmatch(value[2].lower()):
        raise InputError(f"A stage cannot be called {shown(value[2])}: a letter, then a-z 0-9 . _ -")


def _strings(text: str) -> list[str] | None:
    """The strings of a JSON array; None where the text is no array. Errors: `InputError` for a number."""
    if not text.startswith("["):
        return None
    try:
        return msgspec.json.decode(text, type=list[str])
    except msgspec.ValidationError:
        pass
    except (msgspec.DecodeError, ValueError):
        return None
    try:
        msgspec.json.decode(text)
    except (msgspec.DecodeError, ValueError, RecursionError):
        return None
    raise InputError("A JSON array here can only have strings.")


def _line(text: str, _: Grammar) -> tuple[list[str], bool]:
    return [text] if text else [], False


def _list(text: str, _: Grammar) -> tuple[list[str], bool]:
    return BLANKS.split(text) if text else [], False


def _words(text: str, grammar: Grammar) -> tuple[list[str], bool]:
    return grammar.words(text), False


def _line_or_array(text: str, grammar: Grammar) -> tuple[list[str], bool]:
    array = _strings(text)
    return _line(text, grammar) if array is None else (array, True)


def _list_or_array(text: str, grammar: Grammar) -> tuple[list[str], bool]:
    array = _strings(text)
    return _list(text, grammar) if array is None else (array, True)


def _health(text: str, grammar: Grammar) -> tuple[list[str], bool]:
    """CMD or NONE, and what follows it."""
    kind, *command = BLANKS.split(text, maxsplit=1)
    value, is_json = _line_or_array("".join(command), grammar)
    return [kind, *value] if kind else [], is_json


def _pairs(text: str, grammar: Grammar) -> tuple[list[str], bool]:
    """Name, value and `=` for each pair; the sign is empty in the old form, `ENV name value`."""
    words = grammar.words(text)
    if words and "=" not in words[0]:
        pair = BLANKS.split(text, maxsplit=1)
        if len(pair) < 2:
            raise InputError(f"{shown(text)} has no value.")
        return [*pair, ""], False
    value = []
    for word in words:
        name, sign, right = word.partition("=")
        if not (name and sign):
            raise InputError(f"{shown(word)} is not of the form name=value.")
        value += [name, right, sign]
    return value, False


_FORMS: dict[str, tuple[Callable[[str, Grammar], tuple[list[str], bool]], int]] = {
    "add": (_list_or_array, 2),
    "arg": (_words, 1),
    "cmd": (_line_or_array, 0),
    "copy": (_list_or_array, 2),
    "entrypoint": (_line_or_array, 0),
    "env": (_pairs, 1),
    "expose": (_list, 1),
    "from": (_list, 1),
    "healthcheck": (_health, 1),
    "label": (_pairs, 1),
    "maintainer": (_line, 1),
    "onbuild": (_line, 1),
    "run": (_line_or_array, 0),
    "shell": (_line_or_array, 1),
    "stopsignal": (_line, 1),
    "user": (_line, 1),
    "volume": (_list_or_array, 1),
    "workdir": (_line, 1),
}
"""How an instruction splits its arguments, and how many values it needs."""
