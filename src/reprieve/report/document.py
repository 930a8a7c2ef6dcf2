"""Text of records within Markdown documents that people also read as source."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from reprieve.report.text import clean

_ACTIVE = re.compile(r"([\\`*_\[\]<>|~&])")
_TRIGGER = re.compile(r"(?<!\w)@(?=\w)|[#!$%^](?=\w)")
_LINK = re.compile(r"https?://[^\s<>]+")


def words(text: str) -> str:
    """Text of a record as words in a Markdown document that people also read as source.

    What would act in CommonMark is escaped, and what hosts make a mention or a reference of is broken by
    a zero-width space. It must not begin a line.
    """
    return _TRIGGER.sub(r"\g<0>&#8203;", _ACTIVE.sub(r"\\\1", clean(text)))


def link(url: str) -> str:
    """An address that can be followed, where it is one."""
    return f"<{clean(url)}>" if _LINK.fullmatch(url) else words(url)


def markdown_table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """Lines of a table; the cells are Markdown already."""
    lines = ["| " + " | ".join(heads) + " |", "| " + " | ".join("---" for _ in heads) + " |"]
    return lines + ["| " + " | ".join(row) + " |" for row in rows]
