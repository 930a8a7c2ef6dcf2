"""How many records stood where, day by day: counted from spans, so that no day is judged by itself.

A day's count is taken at its last moment, 23:59:59 UTC, as `--as-of` that day would.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import get_args

import msgspec

from reprieve.auditor.period import Period
from reprieve.auditor.spans import Span
from reprieve.record.lifecycle import Status
from reprieve.words import RISKS, Risk

STATUSES: tuple[Status, ...] = get_args(Status)


class Day(msgspec.Struct, frozen=True):
    """One day's count."""

    day: dt.date
    status: dict[str, int]
    """Status -> records; every status is there, and those that are expiring are among the active."""
    expiring: int
    """Active ones in their last 14 days."""
    active_by_risk: dict[str, int]
    """Risk -> active records; every risk is there."""


class Ending(msgspec.Struct, frozen=True):
    """The last day of an exception that is in force or will be, for a calendar."""

    day: dt.date
    id: str
    summary: str
    risk: Risk
    owner: str
    status: Status
    renewed: bool
    """Whether a renewal of it was asked for or is in force."""


def status_by_day(found: Mapping[int, Sequence[Span]], period: Period) -> list[Day]:
    """The count of each day of a period; a record counts once a day.

    Cost: the spans that touch the period plus the days, whatever the number of records.
    """
    changes: list[Counter[tuple[str, str]]] = [Counter() for _ in range(period.days + 1)]
    for own in found.values():
        for span in own:
            first, last = _index(period, span.since), _index(period, span.until)
            if first < last:
                for key in _keys(span):
                    changes[first][key] += 1
                    changes[last][key] -= 1
    days, now = [], Counter[tuple[str, str]]()
    for number, day in enumerate(period.each_day()):
        now.update(changes[number])
        days.append(_day(day, now))
    return days


def _index(period: Period, moment: dt.datetime) -> int:
    """The first day of the period whose last second is not before the moment; its length for none."""
    if moment <= period.start:
        return 0
    if moment >= period.end:
        return period.days
    last_second = dt.timedelta(seconds=1)
    day = (moment - period.start) // dt.timedelta(days=1)
    end_of_day = period.start + dt.timedelta(days=day + 1) - last_second
    return day if moment <= end_of_day else day + 1


def _keys(span: Span) -> Iterable[tuple[str, str]]:
    yield "status", span.status
    if span.expiring:
        yield "expiring", ""
    if span.status == "active" and span.case.record:
        yield "risk", span.case.record.risk


def _day(day: dt.date, now: Mapping[tuple[str, str], int]) -> Day:
    return Day(
        day=day,
        status={status: now.get(("status", status), 0) for status in STATUSES},
        expiring=now.get(("expiring", ""), 0),
        active_by_risk={risk: now.get(("risk", risk), 0) for risk in RISKS},
    )


def endings(found: Mapping[int, Sequence[Span]], now: dt.datetime) -> list[Ending]:
    """Every exception that is approved, active or expired at a moment, by its last day: a calendar."""
    standing = [span for own in found.values() for span in own if span.since <= now < span.until]
    renewed = {
        span.case.record.renews
        for span in standing
        if span.case.record and span.case.record.renews and span.status not in _DROPPED
    }
    listed = [
        Ending(
            span.case.record.expires,
            span.case.id,
            span.case.record.summary,
            span.case.record.risk,
            span.case.record.owner,
            span.status,
            span.case.id in renewed,
        )
        for span in standing
        if span.case.record and span.status in {"approved", "active", "expired"}
    ]
    return sorted(listed, key=lambda ending: (ending.day, ending.id))


_DROPPED = frozenset({"denied", "revoked", "closed", "invalid"})
"""A renewal that stands so is none."""
