"""Tables for spreadsheets: RFC 4180, but for the line ends, and no cell that a spreadsheet would run."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from typing import Any, TextIO

import msgspec

from reprieve.report.text import clean

_FORMULA = ("=", "+", "-", "@")


def write(out: TextIO, heads: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Lists become words with blanks between, other structures JSON."""
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(heads)
    writer.writerows([cell(value) for value in row] for row in rows)


def cell(value: Any) -> str | int | float:
    """What one value is written as."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return value
    if isinstance(value, list | tuple) and all(isinstance(item, str) for item in value):
        return harmless(" ".join(value))
    return harmless(value if isinstance(value, str) else _plain(value))


def _plain(value: Any) -> str:
    data = msgspec.to_builtins(value)
    return data if isinstance(data, str) else msgspec.json.encode(data).decode()


def harmless(text: str) -> str:
    """Text that no spreadsheet takes for a formula (OWASP, CSV injection)."""
    text = clean(text)
    return f"'{text}" if text.startswith(_FORMULA) else text
