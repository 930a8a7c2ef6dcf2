"""How far long work is: told by whoever works, shown by whoever knows a terminal, if anybody does.

A room reports in steps that are large beside a function call (a file, a thousand findings), so that it
costs nothing where nobody looks; `cli.progress` is the one that shows it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from contextvars import ContextVar
from typing import Protocol

Advance = Callable[[int], None]
"""Says that so many more units are done."""


class Reporter(Protocol):
    """Who is told."""

    def begin(self, title: str, total: int | None, unit: str) -> AbstractContextManager[Advance]:
        """A task is under way for as long as the context is open; tasks may nest."""
        ...


_reporter: ContextVar[Reporter | None] = ContextVar("reporter", default=None)


def task(title: str, total: int | None = None, unit: str = "") -> AbstractContextManager[Advance]:
    """A piece of work that may take long: `with task("Matching", len(findings), "findings") as advance:`.

    Args:
        title: what is being done, for people: `Reading trivy.json`. It may hold a file's name as it is.
        total: how many units there are; None when nobody can tell.
        unit: what they are, in the plural; `bytes` are shown as megabytes.
    """
    reporter = _reporter.get()
    return nullcontext(_unheard) if reporter is None else reporter.begin(title, total, unit)


def _unheard(_units: int) -> None:
    """Nobody is told."""


@contextmanager
def reported_to(reporter: Reporter) -> Iterator[None]:
    """Within it, and in this thread, tasks are told to `reporter`."""
    token = _reporter.set(reporter)
    try:
        yield
    finally:
        _reporter.reset(token)
