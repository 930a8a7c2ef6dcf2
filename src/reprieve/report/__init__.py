"""What the gate prints: one file for each output, all written from the same `Verdict`.

A writer's module is imported when it is first called, so that a gate that prints a table does not pay for
XML. On a console that cannot show all of Unicode, give the writers a stream that replaces what it cannot
encode.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from reprieve.verdict import Verdict

Writer = Callable[["Verdict", TextIO], None]
"""Writes a verdict, whole, to a text stream."""


def _in(module: str) -> Writer:
    """The `write` of a module of this folder."""

    def write(verdict: Verdict, out: TextIO) -> None:
        import_module(f"reprieve.report.{module}").write(verdict, out)

    return write


OUTPUTS: dict[str, Writer] = {
    "table": _in("table"),
    "json": _in("json"),
    "sarif": _in("sarif"),
    "markdown": _in("markdown"),
    "junit": _in("junit"),
    "github": _in("github"),
}
"""By the name that `--output` takes. `table.write` also takes `limit`: findings per group, `None` for all."""
