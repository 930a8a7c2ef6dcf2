"""The page of results: rows of what was measured, against what, and whether the budget holds."""

from __future__ import annotations

import os
import platform
import subprocess
from collections.abc import Sequence
from typing import NamedTuple

from bench.made import QUICK
from bench.measure import Run, exponent

MISSING = "—"


class Row(NamedTuple):
    """One line of the table: what was measured, its budget and whether it holds."""

    what: str
    ours: str
    baseline: str = MISSING
    ratio: str = MISSING
    budget: str = MISSING
    holds: bool | None = None
    """None where there is no budget, or nothing to hold it against."""


def timed(what: str, ours: Run, baseline: Run, name: str, budget: float | None) -> Row:
    """Two timings: how many times as long as the baseline ours takes."""
    ratio = ours.seconds / baseline.seconds
    row = Row(what, show(ours), f"{show(baseline)} ({name})", f"{ratio:.2f} ×")
    if budget is not None:
        row = row._replace(budget=f"≤ {budget:g} ×", holds=ratio <= budget)
    return _said(row)


def faster(what: str, ours: Run, baseline: Run, name: str, budget: float | None) -> Row:
    """Two timings of the same work: how many times as fast as the baseline ours is."""
    row = Row(what, show(ours), f"{show(baseline)} ({name})")
    return at_least(row, baseline.seconds / ours.seconds, budget)


def at_least(row: Row, ratio: float, budget: float | None) -> Row:
    """The row with a ratio that is better the larger it is."""
    row = row._replace(ratio=f"{ratio:.2f} × as fast")
    if budget is not None:
        row = row._replace(budget=f"≥ {budget:g} × as fast", holds=ratio >= budget)
    return _said(row)


def skipped(what: str, ours: str, reason: str) -> Row:
    """A row whose baseline could not be had."""
    return _said(Row(what, ours, f"skipped: {reason}"))


def _said(row: Row) -> Row:
    """The row, printed for whoever waits."""
    print(f"{row.what}: {row.ours} against {row.baseline}, {row.ratio}", flush=True)
    return row


def growth(what: str, sizes: Sequence[int], seconds: Sequence[float]) -> Row:
    """The fitted exponent of a doubling series."""
    slope = exponent(sizes, seconds)
    series = " ".join(f"{value:.2f}" for value in seconds)
    print(f"growth over {what}: {slope:.2f}  ({series} s at {', '.join(map(str, sizes))})", flush=True)
    return Row(
        f"growth over {what}, {sizes[0]:,} to {sizes[-1]:,}",
        f"{slope:.2f}",
        MISSING,
        series + " s",
        "≤ 1.1",
        slope <= 1.1,
    )


def show(run: Run) -> str:
    """Seconds, or milliseconds below one."""
    return f"{run.seconds:.2f} s" if run.seconds >= 1 else f"{run.seconds * 1000:.0f} ms"


def render(rows: Sequence[Row], notes: Sequence[str], load: float) -> str:
    """The page. `load` is how many processes wanted to run when it began: above 0.5, seconds are unsure."""
    version = subprocess.run(["git", "--version"], capture_output=True, text=True, check=True).stdout.strip()
    head = (
        "# Measures\n\n"
        f"`make bench`{' --quick' if QUICK else ''}: medians of whole processes, ratios against a baseline in"
        f" the same run.\nPython {platform.python_version()}, {version}, {platform.machine()},"
        f" {os.cpu_count()} cores, load {load:.1f} when it began.\n\n"
        "| what | ours | baseline | ratio | budget | holds |\n|---|---|---|---|---|---|\n"
    )
    verdicts = {True: "yes", False: "**no**", None: MISSING}
    lines = ["| " + " | ".join((*row[:5], verdicts[row.holds])) + " |" for row in rows]
    said = ["", "Notes: what misses its budget, and why; what was measured how:", "", *notes] if notes else []
    return "\n".join([head + "\n".join(lines), *said]) + "\n"
