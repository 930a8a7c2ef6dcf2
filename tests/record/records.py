"""Records for tests: text with one thing changed, and what `parse` makes of it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from reprieve.record.charter import Charter
from reprieve.record.document import Document, parse
from reprieve.record.model import Problem, Record, ScopeEntry
from tests.support import record_file

DAY = dt.date(2026, 11, 2)
PATH = "security/exceptions/EXC-001-billing-runs-as-root.md"
CHARTER = Charter(version=1)


def text(**changes: Any) -> str:
    """A valid record of 2 November 2026, with fields changed; None leaves one out."""
    return record_file(**{"requested": DAY, **changes}).decode()


def document(content: str | bytes | None = None, path: str = PATH, **changes: Any) -> Document:
    """A readable record."""
    raw = text(**changes) if content is None else content
    parsed = parse(path, raw if isinstance(raw, bytes) else raw.encode())
    assert isinstance(parsed, Document), parsed
    return parsed


def problems(content: str | bytes) -> list[Problem]:
    """What keeps the content from being a record."""
    parsed = parse(PATH, content if isinstance(content, bytes) else content.encode())
    assert isinstance(parsed, list), "this is a record"
    return parsed


def line_of(content: str, needle: str) -> int:
    """The line on which a text first occurs."""
    return content[: content.index(needle)].count("\n") + 1


def record(**changes: Any) -> Record:
    """A valid record, typed."""
    return document(**changes).record


def entry(**keys: Any) -> ScopeEntry:
    """A scope entry; each value is a list of patterns, but `type`."""
    return ScopeEntry(**{key: value if key == "type" else tuple(value) for key, value in keys.items()})
