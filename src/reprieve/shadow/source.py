"""One file as an audit reads it: its text, its lines, its comments."""

from __future__ import annotations

import functools
import re
from bisect import bisect_right

from reprieve.record.glob import MAX_LENGTH
from reprieve.report.text import clean, shorten
from reprieve.shadow.languages import syntax_of
from reprieve.shadow.spans import Span, spans_of

_CITED = re.compile(r"(?<![\w-])EXC-\d{3,12}(?!\w)")
_COMMENT_ONLY = re.compile(r"\s*(?:#|//|/\*|\*|--|;|%|<!--|\{\{-?\s*/\*)")
_LINE_END = re.compile(r"\n")
_SHOWN = 160
_AROUND = 8
"""Lines of comment above and below in which a record may be cited."""


class File:
    """A text file.

    Args:
        path: as it is shown.
        name: relative to the top of its repository, `/`-separated: what the paths of a scope are about.
        text: all of it.
    """

    def __init__(self, path: str, name: str, text: str) -> None:
        self.path = path
        self.name = name
        self.text = text
        self.syntax = syntax_of(name, text[:200])

    @property
    def basename(self) -> str:
        """The last part of its name."""
        return self.name.rpartition("/")[2]

    @property
    def folder(self) -> str:
        """What is before it, empty at the top."""
        return self.name.rpartition("/")[0]

    @functools.cached_property
    def lower(self) -> str:
        """The text in lower case, character for character."""
        lower = self.text.lower()
        return lower if len(lower) == len(self.text) else "".join(c.lower()[:1] or c for c in self.text)

    @functools.cached_property
    def lines(self) -> list[str]:
        """Its lines, without their ends."""
        return [line.removesuffix("\r") for line in self.text.split("\n")]

    @functools.cached_property
    def _starts(self) -> list[int]:
        return [0, *(match.end() for match in _LINE_END.finditer(self.text))]

    @functools.cached_property
    def _spans(self) -> tuple[list[Span], list[int]]:
        spans = spans_of(self.text, self.syntax)
        return spans, [span.start for span in spans]

    def line_at(self, offset: int) -> int:
        """The line, from 1, of a character."""
        return bisect_right(self._starts, offset)

    def start_of(self, line: int) -> int:
        """The offset at which a line, from 1, begins."""
        return self._starts[line - 1]

    def line(self, number: int) -> str:
        """A line, from 1; empty beyond the ends."""
        return self.lines[number - 1] if 1 <= number <= len(self.lines) else ""

    def span_at(self, offset: int) -> Span | None:
        """The comment or string that a character is in."""
        spans, starts = self._spans
        index = bisect_right(starts, offset) - 1
        return spans[index] if index >= 0 and offset < spans[index].end else None

    def whole_line_comment(self, number: int) -> bool:
        """Whether a line holds a comment and nothing else."""
        return _COMMENT_ONLY.match(self.line(number)) is not None

    def comments_around(self, first: int, last: int) -> list[str]:
        """The comment lines directly above and below some lines, nearest first."""
        found: list[str] = []
        for step, start in ((-1, first - 1), (1, last + 1)):
            number = start
            while abs(number - start) < _AROUND and self.whole_line_comment(number):
                found.append(self.line(number))
                number += step
        return found

    def comments_above(self, number: int) -> list[str]:
        """The comment lines directly above a line, nearest first."""
        found: list[str] = []
        while len(found) < _AROUND and self.whole_line_comment(number - 1 - len(found)):
            found.append(self.line(number - 1 - len(found)))
        return found


def cited(text: str) -> tuple[str, ...]:
    """The ids of records in a text, each once."""
    return tuple(dict.fromkeys(_CITED.findall(text)))


def shown(text: str) -> str:
    """Text for people: one clean line, not too long."""
    return shorten(clean(text), _SHOWN)


def below(folder: str) -> str:
    """The pattern of everything in a folder of the repository; `*` for its top."""
    return f"{literal(folder)}/*" if folder else "*"


def literal(value: str) -> str:
    """A value as a pattern: where it holds a wildcard itself, that stands for more, never for less."""
    return value if len(value) <= MAX_LENGTH else value[: MAX_LENGTH - 1] + "*"


_BRACES = re.compile(r"\[[^\]]*\]|\{[^{}]*\}")


def widened(glob: str) -> str:
    """A glob of any tool as a pattern of ours that is at least as wide."""
    glob = f"{glob.strip()}*" if glob.strip().endswith("/") else glob.strip()
    pattern = _BRACES.sub("*", glob).replace("**/", "*").replace("**", "*")
    pattern = re.sub(r"\*+", "*", pattern.replace("\\", "")).removeprefix("./").removeprefix("/")
    return literal(pattern) or "*"


_REMARK = re.compile(r"\(\?#[^)]*\)")
_GROUPED = re.compile(r"\^\((?:\?:)?([^()]*)\)\$")
_PLAIN = re.compile(r"[\w\s/:@=,%~-]|\\[.\-/*+?()\[\]{}|^$]")


def of_expression(expression: str, *, anchored: bool = False) -> str:
    """A regular expression as a pattern of ours that is at least as wide."""
    text = _REMARK.sub("", expression.strip()).replace("\\A", "^").replace("\\Z", "$")
    while (whole := _GROUPED.fullmatch(text)) and "|" not in whole[1]:
        text, anchored = whole[1], True
    head = "" if anchored or text.startswith("^") else "*"
    tail = "" if anchored or (text.endswith("$") and not text.endswith("\\$")) else "*"
    text = text.removeprefix("(?i)").removeprefix("^").removesuffix("$")
    if "|" in text:
        return "*"
    found, index = head, 0
    while index < len(text):
        match = _PLAIN.match(text, index)
        repeated = match and text[match.end() : match.end() + 1] in {"*", "?", "+", "{"}
        if match and not repeated:
            found += match[0].removeprefix("\\")
            index = match.end()
            continue
        if text[index : index + 1] == "." and text[index + 1 : index + 2] not in {"*", "+", "?", "{"}:
            found += "?"
            index += 1
            continue
        found += "*"
        rest = re.compile(r"(?:\\.|\[(?:\\.|[^\]])*\]|\((?:\\.|[^)])*\)|.)(?:[*+?]\??|\{[\d,]*\}\??)?").match(
            text, index
        )
        index = rest.end() if rest and rest.end() > index else index + 1
    return literal(re.sub(r"\*+", "*", found + tail)) or "*"
