"""Which findings and exceptions an output for people names, and in which order."""

from __future__ import annotations

from collections import defaultdict
from itertools import chain
from typing import NamedTuple

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


class Group(NamedTuple):
    """The failing findings of one disposition."""

    indexes: list[int]
    """The first of them, as indexes into `verdict.findings`; worst severity first, then as reported."""
    number: int
    """How many there are of them in all."""


def foremost(verdict: Verdict, limit: int | None) -> dict[Disposition, Group]:
    """The same with at most so many of each disposition, without looking at what comes after them.

    Of a million findings that fail a page shows twenty: how many there are was counted with the verdict.
    """
    counted = verdict.failing_counts
    if limit is None or counted is None:
        return {group: Group(indexes[:limit], len(indexes)) for group, indexes in failing(verdict).items()}
    wanted: dict[tuple[Disposition, Severity], int] = {}
    for group in GROUPS:
        left = limit
        for severity in SEVERITIES:
            wanted[group, severity] = number = min(left, counted.get((group, severity), 0))
            left -= number
    found = _first_of(verdict, wanted)
    numbers = {group: sum(counted.get((group, severity), 0) for severity in SEVERITIES) for group in GROUPS}
    return {
        group: Group(list(chain.from_iterable(found[group, severity] for severity in SEVERITIES)), number)
        for group, number in numbers.items()
        if number
    }


def _first_of(
    verdict: Verdict, wanted: dict[tuple[Disposition, Severity], int]
) -> defaultdict[tuple[Disposition, Severity], list[int]]:
    """The indexes of the first so many failing findings of each disposition and severity."""
    found: defaultdict[tuple[Disposition, Severity], list[int]] = defaultdict(list)
    missing = sum(wanted.values())
    for index, (finding, outcome) in enumerate(zip(verdict.findings, verdict.outcomes, strict=True)):
        if not missing:
            break
        key = outcome.disposition, finding.severity
        if wanted.get(key) and not verdict.native(finding):
            found[key].append(index)
            wanted[key] -= 1
            missing -= 1
    return found


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
