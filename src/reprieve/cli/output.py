"""How the commands that read print: JSON, CSV, tables, and text of records within Markdown."""

from __future__ import annotations

import csv
import re
import sys
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import click
import msgspec

from reprieve.report.text import clean

_WIDE = 10_000
"""Columns where nobody looks on: nothing is cut in a file or a pipe."""
_NARROW = 18
"""Columns that what wraps keeps at least."""
_GAP = 2
"""Columns between two cells."""

_FORMULA = ("=", "+", "-", "@")
_ACTIVE = re.compile(r"([\\`*_\[\]<>|~&])")
_TRIGGER = re.compile(r"(?<!\w)@(?=\w)|[#!$%^](?=\w)")
_LINK = re.compile(r"https?://[^\s<>]+")


def print_json(value: Any) -> None:
    """Structs, dates and all, indented."""
    click.echo(msgspec.json.format(msgspec.json.encode(value), indent=2).decode())


def print_csv(heads: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """RFC 4180, but for the line ends. Lists become words with blanks between, other structures JSON."""
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(heads)
    writer.writerows([_csv_cell(value) for value in row] for row in rows)


def _csv_cell(value: Any) -> str | int | float:
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


class Columns(NamedTuple):
    """The columns of a table, and which of them give way on a narrow terminal."""

    heads: tuple[str, ...]
    wraps: tuple[str, ...]
    """Those that may take several lines."""
    spare: tuple[str, ...]
    """Those that are left out, the first one first."""

    def fitting(self, rows: Sequence[Sequence[str]], width: int) -> list[str]:
        """The heads for which there is room."""
        needed = {
            head: _NARROW if head in self.wraps else max(len(head), *(len(row[index]) for row in rows))
            for index, head in enumerate(self.heads)
        }
        shown = list(self.heads)
        for head in self.spare:
            if sum(needed[name] + _GAP for name in shown) - _GAP <= width:
                break
            shown.remove(head)
        return shown


def print_table(columns: Columns, rows: Sequence[Sequence[str]], styles: Sequence[str]) -> None:
    """A table without lines; as wide as the terminal, or as wide as it needs to be where there is none.

    Args:
        columns: one for each cell of a row.
        rows: at least one; each cell is cleaned.
        styles: a style of rich for each row.
    """
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console(file=sys.stdout, highlight=False, width=None if sys.stdout.isatty() else _WIDE)
    cells = [[clean(cell) for cell in row] for row in rows]
    shown = columns.fitting(cells, console.width)
    table = Table(box=None, pad_edge=False, header_style="bold")
    for head in shown:
        wraps = head in columns.wraps
        table.add_column(head, no_wrap=not wraps, min_width=_NARROW if wraps else None, overflow="fold")
    for row, style in zip(cells, styles, strict=True):
        named = zip(columns.heads, row, strict=True)
        table.add_row(*(Text(cell) for head, cell in named if head in shown), style=style)
    with console.capture() as captured:
        console.print(table)
    for line in captured.get().splitlines():
        click.echo(line.rstrip())
    if hidden := [head for head in columns.heads if head not in shown]:
        click.echo(f"(no room for: {', '.join(hidden)})")


def indented(line: str) -> str:
    """A line of a document, cleaned, with its indentation."""
    return line[: len(line) - len(line.lstrip(" "))] + clean(line)


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
