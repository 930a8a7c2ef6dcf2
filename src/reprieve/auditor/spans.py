"""Where each record stood, and from when to when: the spans between one change of status and the next.

From a record's eras and the clock: within an era its status only changes when a date in the record comes.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

import msgspec

from reprieve.record.lifecycle import EXPIRING_DAYS, Standing, Status, standing
from reprieve.record.model import Record
from reprieve.register.eras import Eras
from reprieve.register.snapshot import Case

END_OF_TIME = dt.datetime.max.replace(tzinfo=dt.UTC)


class Span(msgspec.Struct, frozen=True):
    """One record in one status, from `since` until just before `until`."""

    since: dt.datetime
    until: dt.datetime
    """The end of time for the last one: until something happens."""
    status: Status
    expiring: bool
    case: Case
    """As it was judged then."""


def spans(eras: Eras) -> dict[int, list[Span]]:
    """Every record's spans by its number, oldest first, without gaps but where there was no record."""
    return {number: list(_of_record(eras, number)) for number in eras.of}


def at(own: Sequence[Span], moment: dt.datetime) -> Span | None:
    """The span of a record at a moment; None when there was no record."""
    return next((span for span in own if span.since <= moment < span.until), None)


def _of_record(eras: Eras, number: int) -> Iterator[Span]:
    own = eras.of[number]
    ends = [era.since for era in own[1:]] + [END_OF_TIME]
    for era, end in zip(own, ends, strict=True):
        if era.case is not None:
            yield from _of_case(eras, era.case, era.since, end)


def _of_case(eras: Eras, case: Case, since: dt.datetime, until: dt.datetime) -> Iterator[Span]:
    """One era, cut at the dates at which the clock alone changes where its case stands."""
    dates = _dates(case.record) if case.record else ()
    cuts = sorted({since, *(date for date in dates if since < date < until)})
    for start, end in zip(cuts, [*cuts[1:], until], strict=True):
        found = standing_of(eras, case, start)
        yield Span(start, end, found.status, found.expiring, case)


def standing_of(eras: Eras, case: Case, moment: dt.datetime) -> Standing:
    """Where a case stands at a moment of its era."""
    problems = [problem.message for problem in case.problems if problem.level == "error"]
    return standing(case.record, case.facts, eras.rulings[case.charter].charter, moment, problems)


def _dates(record: Record) -> Iterator[dt.datetime]:
    """When a date of the record comes: its last days, its end; days that its file named in advance."""
    yield record.last_moment()
    yield record.last_moment() - dt.timedelta(days=EXPIRING_DAYS)
    yield _midnight(record.requested)
    for control in record.controls:
        if control.implemented:
            yield _midnight(control.implemented)


def _midnight(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(), dt.UTC)


def stays(own: Sequence[Span]) -> list[Span]:
    """The spans of one record with those of one status as one: the last one's case, and no `expiring`."""
    found: list[Span] = []
    for span in own:
        last = found[-1] if found else None
        if last is not None and (last.status, last.until) == (span.status, span.since):
            found[-1] = msgspec.structs.replace(last, until=span.until, case=span.case)
        else:
            found.append(msgspec.structs.replace(span, expiring=False))
    return found
