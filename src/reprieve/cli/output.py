"""How the commands that read print: JSON, CSV, tables, and text of records within Markdown."""

from __future__ import annotations

import csv
import re
import sys
from collections.abc import Iterable, Sequence
from typing import Any

import click
import msgspec

from reprieve.report.text import clean

_WIDE = 10_000
"""Columns where nobody looks on: nothing is cut in a file or a pipe."""

_FORMULA = ("=", "+", "-", "@")
_ACTIVE = re.compile(r"([\\`*_\[\]<>|~&])")
_TRIGGER = re.compile(r"(?<=[@#!$%^])(?=\w)|(?<=:)(?=//)|(?<=www)(?=\.)", re.IGNORECASE)


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


def print_table(heads: Sequence[str], rows: Iterable[Sequence[str]], *, styles: Sequence[str] = ()) -> None:
    """A table without lines; as wide as the terminal, or as wide as it needs to be where there is none.

    Args:
        heads: column titles; the last column is shortened first.
        rows: cells; each is cleaned.
        styles: a style of rich for each row, in order.
    """
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    terminal = sys.stdout.isatty()
    console = Console(file=sys.stdout, highlight=False, width=None if terminal else _WIDE)
    table = Table(box=None, pad_edge=False, header_style="bold")
    for index, head in enumerate(heads):
        last = index == len(heads) - 1
        table.add_column(head, no_wrap=last or index == 0, overflow="ellipsis" if last else "fold")
    for index, row in enumerate(rows):
        style = styles[index] if index < len(styles) else ""
        table.add_row(*(Text(clean(cell)) for cell in row), style=style)
    with console.capture() as captured:
        console.print(table)
    for line in captured.get().splitlines():
        click.echo(line.rstrip())


def indented(line: str) -> str:
    """A line of a document, cleaned, with its indentation."""
    return line[: len(line) - len(line.lstrip(" "))] + clean(line)


def words(text: str) -> str:
    """Text of a record as words in a Markdown document that people also read as source.

    What would act in CommonMark is escaped, and what hosts make a mention, a reference or a link of is
    broken by a zero-width space. It must not begin a line.
    """
    return _TRIGGER.sub("&#8203;", _ACTIVE.sub(r"\\\1", clean(text)))


def markdown_table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """Lines of a table; the cells are Markdown already."""
    lines = ["| " + " | ".join(heads) + " |", "| " + " | ".join("---" for _ in heads) + " |"]
    return lines + ["| " + " | ".join(row) + " |" for row in rows]
