"""How the commands that read print: JSON, CSV and tables."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import click
import msgspec

from reprieve.report.csv import write as write_csv
from reprieve.report.text import clean

_WIDE = 10_000
"""Columns where nobody looks on: nothing is cut in a file or a pipe."""
_NARROW = 18
"""Columns that what wraps keeps at least."""
_GAP = 2
"""Columns between two cells."""


def print_json(value: Any) -> None:
    """Structs, dates and all, indented."""
    click.echo(msgspec.json.format(msgspec.json.encode(value), indent=2).decode())


def print_csv(heads: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """To standard output, as `report.csv` writes it."""
    write_csv(sys.stdout, heads, rows)


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
