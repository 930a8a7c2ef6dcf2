"""The progress bar: one line on standard error, only on a terminal, only once it takes long.

A thread of its own draws it, so that the work pays for nothing but counting; what draws (rich, a tenth of
a second to import) is imported when the wait has become long. The line is gone before anything else is
printed.
"""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from time import monotonic
from typing import TYPE_CHECKING

from reprieve.progress import Advance, reported_to

if TYPE_CHECKING:
    from rich.progress import Progress

DELAY = 0.5
"""Seconds of work before anything is shown."""
_INTERVAL = 0.1
_BAR_WIDTH = 30
_MEGA = 1_000_000


@contextmanager
def shown() -> Iterator[None]:
    """Within it, long work has a bar where somebody can see it."""
    if not _is_watched():
        yield
        return
    display = Display()
    try:
        with reported_to(display):
            yield
    finally:
        display.close()


def _is_watched() -> bool:
    """A person at a terminal that can move its cursor; the log of a CI job is neither."""
    in_ci = os.environ.get("CI", "").lower() not in {"", "0", "false"}
    return not in_ci and os.environ.get("TERM") not in {None, "", "dumb"} and sys.stderr.isatty()


class _Task:
    """One task under way. `advance` is called by who works, the rest is read by who draws."""

    def __init__(self, title: str, total: int | None, unit: str) -> None:
        self.title = title
        self.total = total
        self.unit = unit
        self.done = 0
        self.since = monotonic()

    def advance(self, units: int) -> None:
        self.done += units

    def amount(self) -> str:
        """`640/2,000 records`, `12/300 MB`, `0.2/0.3 MB`; `640 files` where nobody knows of how many."""
        if self.unit == "bytes" and self.total is not None and self.total < 10 * _MEGA:
            return f"{min(self.done, self.total) / _MEGA:.1f}/{self.total / _MEGA:.1f} MB"
        size, unit = (_MEGA, "MB") if self.unit == "bytes" else (1, self.unit)
        if self.total is None:
            return f"{self.done // size:,} {unit}" if self.done else ""
        return f"{min(self.done, self.total) // size:,}/{self.total // size:,} {unit}"


class Display:
    """A `progress.Reporter` that draws the innermost task."""

    def __init__(self) -> None:
        self._open: list[_Task] = []
        self._lock = threading.Lock()
        self._over = threading.Event()
        self._thread: threading.Thread | None = None
        self._bar: Progress | None = None

    @contextmanager
    def begin(self, title: str, total: int | None, unit: str) -> Iterator[Advance]:
        """Counts a task, and has it drawn while it lasts."""
        task = _Task(title, total, unit)
        with self._lock:
            self._open.append(task)
        if self._thread is None:
            self._thread = threading.Thread(target=self._draw, name="progress", daemon=True)
            self._thread.start()
        try:
            yield task.advance
        finally:
            with self._lock:
                self._open.remove(task)
                if not self._open:
                    self._clear()

    def close(self) -> None:
        """Nothing is drawn any more."""
        self._over.set()
        if self._thread is not None:
            self._thread.join()
        self._clear()

    def _draw(self) -> None:
        if self._over.wait(DELAY):
            return
        import rich.progress  # noqa: F401  (before the lock is taken: it takes long)

        with suppress(OSError, ValueError):  # the terminal is gone: no reason to fail
            while not self._over.wait(_INTERVAL):
                with self._lock:
                    if self._open:
                        self._show(self._open[-1])

    def _show(self, task: _Task) -> None:
        from reprieve.report.text import clean

        if self._bar is None:
            self._bar = _new_bar()
            self._bar.add_task("", amount="", seconds="")
            self._bar.start()
        (row,) = self._bar.task_ids
        self._bar.update(
            row,
            description=clean(task.title),
            total=task.total or None,
            completed=task.done,
            amount=task.amount(),
            seconds=f"{monotonic() - task.since:.0f} s",
        )
        self._bar.refresh()

    def _clear(self) -> None:
        if self._bar is not None:
            with suppress(OSError, ValueError):
                self._bar.stop()
            self._bar = None


def _new_bar() -> Progress:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn

    return Progress(
        TextColumn("{task.description}", markup=False),
        BarColumn(bar_width=_BAR_WIDTH),
        TextColumn("{task.fields[amount]}", markup=False),
        TextColumn("{task.fields[seconds]}", markup=False),
        console=Console(file=sys.stderr, highlight=False),
        auto_refresh=False,
        transient=True,
        redirect_stdout=False,
        redirect_stderr=False,
    )
