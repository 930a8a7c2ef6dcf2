"""Text for people's eyes: what a scanner wrote must not steer a terminal, a CI log or a page.

Messages, paths and ids come out of reports and file names, so anyone who can name a package can choose
them. `clean` is what every output for people passes them through.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

_REPLACEMENT = "\N{REPLACEMENT CHARACTER}"

_LOG_COMMAND = re.compile(r"##(?=\w*\[)")
"""`##vso[…]` and `##[…]`: Azure Pipelines and GitHub's runner obey them anywhere in a line of the log."""


def clean(text: str) -> str:
    """The same text on one line, with nothing that is invisible or acts.

    Line breaks and runs of blanks become one space. Control, format (bidirectional, zero-width),
    surrogate, private and unassigned characters become U+FFFD: seen, so that `KSV<U+202E>012` cannot pass
    for another check. The result holds only characters that XML 1.0 allows.
    """
    if not text.isprintable():
        text = "".join(c if c.isprintable() else " " if c.isspace() else _REPLACEMENT for c in text)
    return _LOG_COMMAND.sub("# #", " ".join(text.split()))


def shorten(text: str, width: int) -> str:
    """At most `width` characters, the end left out."""
    return text if len(text) <= width else text[: width - 1].rstrip() + "…"


def shorten_middle(text: str, width: int) -> str:
    """At most `width` characters, the middle left out: of a path or an address both ends tell."""
    if len(text) <= width:
        return text
    tail = width * 3 // 4
    return text[: width - tail - 1] + "…" + text[-tail:]


def amount(number: int, noun: str) -> str:
    """`1 finding`, `1,204 findings`."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def enumeration(items: Sequence[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    return " and ".join(filter(None, (", ".join(items[:-1]), *items[-1:])))


def joined(parts: Iterable[str | None], separator: str = " ") -> str:
    """The parts that there are."""
    return separator.join(part for part in parts if part)


_PART = re.compile(r"([^0-9]*)([0-9]*)")


def in_order(control: str) -> list[tuple[str, int]]:
    """What controls of a framework are sorted by: `AC-2` before `AC-14`, `5.2.9` before `5.2.10`."""
    return [(word, int(number or 0)) for word, number in _PART.findall(control)]


def indented(line: str) -> str:
    """A line of a document, cleaned, with its indentation."""
    return line[: len(line) - len(line.lstrip(" "))] + clean(line)
