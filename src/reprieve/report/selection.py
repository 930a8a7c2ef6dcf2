"""Which findings and exceptions an output for people names, and in which order."""

from __future__ import annotations

from collections import defaultdict
from itertools import chain

from reprieve.match.model import Disposition
from reprieve.record.lifecycle import DISPOSITION
from reprieve.verdict import Covered, Verdict
from reprieve.words import SEVERITIES, Severity

GROUPS: tuple[Disposition, ...] = ("open", "expired", "pending")
"""The dispositions that can fail, in the order of every output."""


def failing(verdict: Verdict) -> dict[Disposition, list[int]]:
    """The findings that make the gate fail, as indexes into `verdict.findings`.

    By disposition, only those that there are; worst severity first, then as reported.
    """
    found: defaultdict[tuple[Disposition, Severity], list[int]] = defaultdict(list)
    for index, outcome in enumerate(verdict.outcomes):
        if outcome.disposition != "excepted" and verdict.failing(index):
            found[outcome.disposition, verdict.findings[index].severity].append(index)
    groups = {
        group: list(chain.from_iterable(found.get((group, severity), ()) for severity in SEVERITIES))
        for group in GROUPS
    }
    return {group: indexes for group, indexes in groups.items() if indexes}


def worst_first(verdict: Verdict) -> list[int]:
    """The same findings in one list, by severity before disposition."""
    indexes = chain.from_iterable(failing(verdict).values())
    return sorted(indexes, key=lambda index: SEVERITIES.index(verdict.findings[index].severity))


def held(verdict: Verdict) -> list[Covered]:
    """The active exceptions that covered findings; the first to expire first."""
    active = [e for e in verdict.exceptions if DISPOSITION[e.status] == "excepted" and e.covered]
    return sorted(active, key=lambda exception: (exception.expires_in_days, exception.id))


def stale(verdict: Verdict) -> list[Covered]:
    """The exceptions that covered nothing although their target was scanned."""
    return [exception for exception in verdict.exceptions if exception.stale is True]
