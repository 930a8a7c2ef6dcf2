"""Where the comments and the strings of a source file are, language by language, as far as markers need it.

One expression for each family of languages, tried from left to right: whatever begins first, comment or
string, swallows what looks like the other inside it. It is no parser: what it gets wrong (a quote in a
regular expression of JavaScript) is over at the end of the line, as strings of one line end there. All
repetitions are possessive or run to a fixed end, so that any text takes linear time.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import NamedTuple

from reprieve.shadow.languages import Syntax


class Span(NamedTuple):
    """A comment or a string: where it begins and ends in the text."""

    start: int
    end: int
    comment: bool


_DOUBLE = r'"(?:[^"\\\n]++|\\(?:.|\Z))*+(?:"|(?=\n)|\Z)'
_SINGLE = r"'(?:[^'\\\n]++|\\(?:.|\Z))*+(?:'|(?=\n)|\Z)"
_CHAR = r"'(?:\\[^\n]{1,10}?|[^'\\\n])'"
_RAW = r"`[^`]*+(?:`|\Z)"
_TEMPLATE = r"`(?:[^`\\]++|\\(?:.|\Z))*+(?:`|\Z)"
_TRIPLE = r'"""(?:[^"\\]++|\\(?:.|\Z)|"(?!""))*+(?:"""|\Z)'
_TRIPLE_SINGLE = r"'''(?:[^'\\]++|\\(?:.|\Z)|'(?!''))*+(?:'''|\Z)"
_SLASHES = r"//[^\n]*+"
_STARS = r"/\*(?:[^*]++|\*(?!/))*+(?:\*/|\Z)"
_HASH = r"#[^\n]*+"
_HASH_APART = r"(?:(?<=[\s;&|(){}])|^)#[^\n]*+"
"""Where a # within a word is no comment."""
_ANGLE = r"<!--(?:[^-]++|-(?!->))*+(?:-->|\Z)"
_HEREDOC = (
    r"<<[-~]?[ \t]*(?P<q>[\"'\\]?)(?P<end>[A-Za-z_]\w*)(?P=q)[^\n]*+\n"
    r"(?:(?![ \t]*(?P=end)[ \t]*$)[^\n]*+\n){0,200}+[ \t]*(?P=end)\b"
)
"""Only where its end is near: `1 << n` is none."""
_BEFORE_QUOTE = r"(?<![\w'\"])"
"""An apostrophe within a word is none."""

_TABLE: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "c": ((_SLASHES, _STARS), (_DOUBLE, _CHAR)),
    "csharp": ((_SLASHES, _STARS), (r'@"(?:[^"]++|"")*+(?:"|\Z)', _TRIPLE, _DOUBLE, _CHAR)),
    "css": ((_SLASHES, _STARS), (_DOUBLE, _SINGLE)),
    "dash": ((r"--[^\n]*+",), (_DOUBLE, _SINGLE)),
    "dockerfile": ((r"^[ \t]*#[^\n]*+",), ()),
    "fortran": ((r"![^\n]*+",), (_DOUBLE, _SINGLE)),
    "go": ((_SLASHES, _STARS), (_DOUBLE, _RAW, _CHAR)),
    "haskell": ((r"--[^\n]*+", r"\{-(?:[^-]++|-(?!\}))*+(?:-\}|\Z)"), (_DOUBLE, _CHAR)),
    "hash": ((_HASH,), (_TRIPLE, _DOUBLE, _SINGLE)),
    "hcl": ((_HASH, _SLASHES, _STARS), (_HEREDOC, _DOUBLE)),
    "ini": ((r"(?:^|(?<=\s))[#;][^\n]*+",), ()),
    "javascript": ((_SLASHES, _STARS, r"<!--[^\n]*+"), (_DOUBLE, _SINGLE, _TEMPLATE)),
    "json": ((_SLASHES, _STARS), (_DOUBLE,)),
    "latex": ((r"(?<!\\)%[^\n]*+",), ()),
    "lisp": ((r";[^\n]*+",), (r'"(?:[^"\\]++|\\(?:.|\Z))*+(?:"|\Z)',)),
    "lua": ((r"--\[\[(?:[^\]]++|\](?!\]))*+(?:\]\]|\Z)", r"--[^\n]*+"), (_DOUBLE, _SINGLE)),
    "markup": ((_ANGLE, r"(?<!:)" + _SLASHES, _STARS, r"\{\{?[-!/*#%][^\n]{0,200}?[-!/*#%]\}\}?"), ()),
    "perl": ((_HASH_APART,), (_HEREDOC, _DOUBLE, _BEFORE_QUOTE + _SINGLE)),
    "php": ((_HASH, _SLASHES, _STARS, _ANGLE), (_DOUBLE, _SINGLE)),
    "powershell": ((r"<#(?:[^#]++|#(?!>))*+(?:#>|\Z)", _HASH_APART), (_DOUBLE, _SINGLE)),
    "python": ((_HASH,), (_TRIPLE, _TRIPLE_SINGLE, _DOUBLE, _SINGLE)),
    "ruby": (
        (_HASH_APART, r"^=begin\b(?:(?!^=end)[^\n]*+\n)*+"),
        (_HEREDOC, _DOUBLE, _BEFORE_QUOTE + _SINGLE),
    ),
    "rust": ((_SLASHES, _STARS), (r'r(?P<h>#{1,5})"(?:[^"]++|"(?!(?P=h)))*+(?:"(?P=h)|\Z)', _DOUBLE, _CHAR)),
    "shell": ((_HASH_APART,), (_HEREDOC, r"\\.", _DOUBLE, _SINGLE)),
    "sql": ((r"--[^\n]*+", _STARS, _HASH_APART), (_DOUBLE, _SINGLE)),
    "vb": ((r"(?:'|\bREM\b)[^\n]*+",), (_DOUBLE,)),
    "yaml": (
        (_HASH_APART,),
        (
            r"(?<![\w\"'\])}])\"(?:[^\"\\\n]++|\\(?:.|\Z))*+(?:\"|(?=\n)|\Z)",
            r"(?<![\w\"'\])}])'[^'\n]*+(?:'|(?=\n)|\Z)",
        ),
    ),
}  # fmt: skip
"""Syntax -> the expressions of its comments, and of its strings. `.` is any character but the end of a line
in strings of one line, so an escaped line end goes on."""

_COMPILED: dict[str, re.Pattern[str]] = {}


def spans_of(text: str, syntax: Syntax) -> list[Span]:
    """Comments and strings, in order."""
    if syntax == "markdown":
        return _in_markdown(text)
    if syntax not in _TABLE:
        return []
    if syntax not in _COMPILED:
        comments, strings = _TABLE[syntax]
        parts = [f"(?P<comment>{'|'.join(comments)})", *strings]
        _COMPILED[syntax] = re.compile("|".join(parts), re.MULTILINE | re.DOTALL)
    found = _COMPILED[syntax].finditer(text)
    return [Span(match.start(), match.end(), match["comment"] is not None) for match in found]


_FENCE = re.compile(
    r"^ {0,3}(?P<fence>`{3,}+|~{3,}+)[^\n]*+\n(?:(?! {0,3}(?P=fence))[^\n]*+(?:\n|\Z))*+", re.MULTILINE
)
_CODE = re.compile(r"`[^`\n]*+`|^(?: {4}|\t)[^\n]*+", re.MULTILINE)


def _in_markdown(text: str) -> list[Span]:
    """HTML comments outside code."""
    code = sorted(match.span() for pattern in (_FENCE, _CODE) for match in pattern.finditer(text))
    starts = [start for start, _ in code]
    found = []
    for match in re.finditer(_ANGLE, text):
        index = bisect_right(starts, match.start()) - 1
        if index < 0 or not any(
            start <= match.start() < end for start, end in code[max(0, index - 1) : index + 1]
        ):
            found.append(Span(match.start(), match.end(), comment=True))
    return found
