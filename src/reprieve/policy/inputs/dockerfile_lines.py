"""The instructions of a Dockerfile: continued lines joined, parser directives obeyed, heredocs taken along.

The grammar is BuildKit's (https://docs.docker.com/reference/dockerfile/). It is read here because
dockerfile-parse, the parser that PyPI has, knows no heredocs (its issue 145).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from reprieve.policy.inputs.interface import InputError

BLANKS = re.compile(r"[\t\v\f\r ]+")
_DIRECTIVE = re.compile(r"#\s*(syntax|escape|check)\s*=\s*(\S.*)", re.IGNORECASE)
_HEREDOC = re.compile(r"\d*<<(-?)([^<]+)")
_WITH_HEREDOC = frozenset(["add", "copy", "run"])


class Grammar:
    """What depends on the character that escapes, a backslash or a backtick."""

    def __init__(self, escape: str) -> None:
        self.escape = escape
        e = re.escape(escape)
        inside = rf"(?:[^\"{e}]|{e}.?)*+"  # possessive: a quote without an end must not cost quadratic time
        word = rf"(?:[^\s'\"{e}]++|{e}.?|'[^']*+'?|\"{inside}\"?)++"
        self.word = re.compile(word, re.DOTALL)
        self.flag = re.compile(rf"(?=--)({word})\s*+", re.DOTALL)
        self._quotes = re.compile(rf"{e}(.)|'([^']*+)'?|\"({inside})\"?", re.DOTALL)
        self._escaped = re.compile(rf"{e}(.)", re.DOTALL)

    def words(self, text: str) -> list[str]:
        """The words of a line, each as written."""
        return self.word.findall(text)

    def bare(self, word: str) -> str:
        """A word without its quotes and escapes."""
        return self._quotes.sub(lambda m: m[1] or m[2] or self._escaped.sub(r"\1", m[3] or ""), word)


_BACKSLASH = Grammar("\\")
_BACKTICK = Grammar("`")


class Heredoc(NamedTuple):
    """A text that follows an instruction up to its name."""

    name: str
    lines: list[str]
    tabs_go: bool
    """Written `<<-`: the tabs in front of its lines are no part of it."""

    @property
    def written(self) -> str:
        """Its lines and the name that ends them."""
        return "\n".join([*self.lines, self.name])


class Instruction(NamedTuple):
    """One instruction. Lines are numbered from 1."""

    text: str
    start: int
    end: int
    keyword: str
    flags: list[str]
    trigger: str
    """The instruction after ONBUILD, else empty."""
    arguments: str
    heredocs: list[Heredoc]
    grammar: Grammar


class Source:
    """The lines of a file, taken one after the other."""

    def __init__(self, text: str) -> None:
        self._lines = [line.rstrip("\r") for line in text.removeprefix("\ufeff").split("\n")]
        if len(self._lines) > 1 and not self._lines[-1]:
            self._lines.pop()
        self.count = len(self._lines)
        self._at = 0
        self._grammar = _BACKSLASH

    def instructions(self) -> Iterator[Instruction]:
        """Each instruction. Errors: `InputError`."""
        self._directives()
        while self._at < self.count:
            first = self._lines[self._at].lstrip()
            if first and not first.startswith("#"):
                yield self._instruction()
            else:
                self._at += 1

    def _directives(self) -> None:
        """Parser directives stand before everything else, other comments included, each only once."""
        seen = set()
        for number, line in enumerate(self._lines, start=1):
            found = _DIRECTIVE.fullmatch(line.lstrip())
            if not found:
                return
            key, value = found[1].lower(), found[2].rstrip()
            if key in seen:
                raise InputError(f"The parser directive '{key}' is given twice.", line=number)
            seen.add(key)
            if key == "escape":
                if value not in ("\\", "`"):
                    raise InputError(f"Only \\ and ` can escape, not {shown(value)}.", line=number)
                self._grammar = _BACKTICK if value == "`" else _BACKSLASH

    def _instruction(self) -> Instruction:
        start = self._at + 1
        text = self._joined()
        keyword, flags, arguments = self._split(text)
        trigger = ""
        if keyword.lower() == "onbuild":
            trigger, _, arguments = self._split(arguments)
        heredocs = []
        if "<<" in arguments and (trigger or keyword).lower() in _WITH_HEREDOC:
            for name, tabs_go in _announced(arguments):
                heredocs.append(self._heredoc(name, start, tabs_go=tabs_go))
        return Instruction(text, start, self._at, keyword, flags, trigger, arguments, heredocs, self._grammar)

    def _joined(self) -> str:
        """One instruction's lines as one; comments and empty lines between them are left out."""
        escape = self._grammar.escape
        parts: list[str] = []
        while self._at < self.count:
            line = self._lines[self._at] if parts else self._lines[self._at].lstrip()
            self._at += 1
            if parts and (not line.strip() or line.lstrip().startswith("#")):
                continue
            end = line.rstrip(" \t")
            if not end.endswith(escape) or end.endswith(escape * 2):
                parts.append(line)
                break
            parts.append(end.removesuffix(escape))
        return "".join(parts)

    def _split(self, text: str) -> tuple[str, list[str], str]:
        """Keyword, flags, and all that follows."""
        keyword, *others = BLANKS.split(text.strip(), maxsplit=1)
        rest = others[0] if others else ""
        flags = []
        at = 0
        while word := self._grammar.flag.match(rest, at):
            at = word.end()
            if word[1] == "--":
                break
            flags.append(self._grammar.bare(word[1]))
        return keyword, flags, rest[at:].strip()

    def _heredoc(self, name: str, start: int, *, tabs_go: bool) -> Heredoc:
        begin = self._at
        while self._at < self.count:
            line = self._lines[self._at]
            self._at += 1
            if (line.lstrip("\t") if tabs_go else line) == name:
                return Heredoc(name, self._lines[begin : self._at - 1], tabs_go)
        raise InputError(f"The heredoc {shown(name)} has no end.", line=start)


def is_heredoc(text: str) -> bool:
    """Whether a command is nothing but the announcement of a heredoc."""
    return bool(_HEREDOC.fullmatch(text) and _BACKSLASH.word.fullmatch(text))


def _announced(arguments: str) -> Iterator[tuple[str, bool]]:
    """Names of the heredocs whose texts follow, and whether tabs go. The backslash escapes here, always."""
    for word in _BACKSLASH.words(arguments):
        found = _HEREDOC.fullmatch(word)
        if found and (name := _BACKSLASH.bare(found[2])):
            yield name, bool(found[1])


def shown(text: str) -> str:
    """A text for a message, not longer than a line."""
    return repr(text if len(text) <= 60 else f"{text[:57]}...")
