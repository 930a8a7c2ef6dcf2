"""What the shop's scans came to in each week of the story: what its plot of the posture begins with."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from reprieve.api import gate
from reprieve.demo.build import CLONE
from reprieve.findings.model import Report
from reprieve.register.register import Register
from reprieve.verdict import Verdict

WEEKS = 20
"""How far back the scans go; the story is older."""

Counts = tuple[int, int]
"""Findings that count, and those of them that no exception covers."""


def postures(
    directory: Path, reports: Sequence[Report], now: dt.datetime
) -> Iterator[tuple[dt.date, Mapping[str, Counts]]]:
    """Each week's day, oldest first, and its counts by cluster, empty for all of them.

    Args:
        directory: of the demo.
        reports: what is scanned: the same each week, so that what changes is the register's doing.
        now: the present.
    """
    for week in range(WEEKS, 0, -1):
        moment = now - dt.timedelta(weeks=week)
        register = Register.open(directory / CLONE, fetch=False, as_of=moment)
        yield moment.date(), _by_cluster(gate(reports, register, with_fingerprints=False))


def _by_cluster(verdict: Verdict) -> Mapping[str, Counts]:
    found: dict[str, Counts] = {}
    for finding, outcome in zip(verdict.findings, verdict.outcomes, strict=True):
        if verdict.native(finding):
            continue
        for cluster in {"", finding.cluster or ""}:
            raw, net = found.get(cluster, (0, 0))
            found[cluster] = raw + 1, net + (outcome.disposition != "excepted")
    return found
