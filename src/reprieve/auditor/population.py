"""The population of a period: every exception that it has to answer for, and counts that add up.

A record belongs to it when it stood anywhere but at an end on some moment of the period, or when something
happened to it in it. The others are counted, so that every id of the register is accounted for.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from reprieve.auditor.period import Period
from reprieve.auditor.reviews import Review, reviews
from reprieve.auditor.spans import Span, at, spans, stays
from reprieve.record.lifecycle import Status
from reprieve.record.model import format_id, id_number
from reprieve.register.eras import Eras
from reprieve.words import Environment, Risk

_OVER: frozenset[Status] = frozenset({"denied", "revoked", "closed"})
_INSTANT = dt.timedelta(microseconds=1)


class Change(msgspec.Struct, frozen=True):
    """One change of status."""

    id: str
    at: dt.datetime
    before: Status | None
    """None for a record that came into being."""
    after: Status


class Member(msgspec.Struct, frozen=True):
    """One record of the population."""

    id: str
    summary: str | None
    risk: Risk | None
    environment: Environment | None
    owner: str | None
    requester: str | None
    at_start: Status | None
    """Where it stood just before the period; None when there was none yet."""
    at_end: Status
    requested: dt.datetime
    """When it was first committed."""
    approved: dt.datetime | None
    """When the last approval came that its last review needed."""
    denied: dt.datetime | None
    active_since: dt.datetime | None
    """When it first became active."""
    active_days: int
    """Days of the period on which it was active at some moment."""
    expired: dt.datetime | None
    revoked: dt.datetime | None
    closed: dt.datetime | None
    renews: str | None
    renewed_by: tuple[str, ...]
    """Renewals of it that were approved by the end of the period."""
    happened: tuple[str, ...]
    """What of all this happened within the period: `requested`, `approved`, …"""


class Counts(msgspec.Struct, frozen=True):
    """How many records each of these happened to within the period; a record counts once for each."""

    requested: int
    approved: int
    denied: int
    activated: int
    expired: int
    renewed: int
    """Exceptions of which a renewal was approved."""
    revoked: int
    closed: int


class Balance(msgspec.Struct, frozen=True):
    """The active ones rolled forward: `at_start + became - left = at_end`, whichever way they left."""

    at_start: int
    became: int
    left: dict[str, int]
    """Status that they went to -> how often."""
    at_end: int
    ever: int
    """Records that were active at some moment of the period."""


class Timing(msgspec.Struct, frozen=True):
    """Reviews that were decided within the period, against the charter's limits."""

    decided: int
    on_time: int
    late: int
    dropped: int
    open: int
    """Under review at the end of the period."""
    open_late: int
    """Of those, beyond their limit."""
    not_separate: int
    """Decided by somebody who asked, or two roles filled by one person. The trust model counts no such
    decision, so anything but 0 is a fault of this program."""


class Population(msgspec.Struct, frozen=True):
    """All of it."""

    period: Period
    members: tuple[Member, ...]
    counts: Counts
    balance: Balance
    timing: Timing
    reviews: tuple[Review, ...]
    """Asked for, decided, dropped or open within the period."""
    changes: tuple[Change, ...]
    """Of status, within the period."""
    others: tuple[str, ...]
    """Ids that ended before the period and that nothing happened to in it."""
    later: tuple[str, ...]
    """Ids that came after the period."""
    gaps: tuple[str, ...]
    """Numbers below the highest one that history knows nothing of: asked for on branches that are gone, or
    never given."""


def population(eras: Eras, period: Period, now: dt.datetime) -> Population:
    """The population of a period, as it was known at `now`, which is not before the period's end."""
    known = eras.until(now)
    found = {number: own for number, own in spans(known).items() if own}
    lines = {number: [stay for stay in stays(own) if stay.since <= now] for number, own in found.items()}
    end = min(period.end, now + _INSTANT)
    every = reviews(eras, now)
    by_id: dict[str, list[Review]] = {}
    for review in every:
        by_id.setdefault(review.id, []).append(review)
    renewals = _renewals(lines, by_id, end)
    members, others, later = [], [], []
    for number in sorted(lines):
        own = lines[number]
        member = _member(own, by_id, renewals, period, end)
        if own[0].since >= end:
            later.append(own[0].case.id)
        elif member.happened or not _was_over(own, period):
            members.append(member)
        else:
            others.append(member.id)
    changes = _changes(lines, period.start, end)
    return Population(
        period=period,
        members=tuple(members),
        counts=_counts(members),
        balance=_balance(lines, changes, period, end),
        timing=_timing(every, period, end),
        reviews=tuple(r for r in every if r.asked < end and (r.over is None or r.over >= period.start)),
        changes=tuple(changes),
        others=tuple(others),
        later=tuple(later),
        gaps=tuple(format_id(n) for n in range(1, max(lines, default=0)) if n not in lines),
    )


def _was_over(own: Sequence[Span], period: Period) -> bool:
    before = at(own, period.start - _INSTANT)
    return before is not None and before.status in _OVER


def _member(
    own: Sequence[Span],
    by_id: Mapping[str, Sequence[Review]],
    renewals: Mapping[int, Mapping[str, dt.datetime]],
    period: Period,
    end: dt.datetime,
) -> Member:
    seen = [stay for stay in own if stay.since < end] or own[:1]
    last = seen[-1]
    record, identifier = last.case.record, last.case.id
    decided = [r for r in by_id.get(identifier, ()) if r.over and r.over < end]
    renewed = renewals.get(last.case.number, {})
    when: dict[str, list[dt.datetime]] = {
        "requested": [last.case.facts.added],
        "approved": [r.over for r in decided if r.over and r.outcome in {"approved", "merged"}],
        "denied": [r.over for r in decided if r.over and r.outcome == "denied"],
        "activated": [stay.since for stay in seen if stay.status == "active"],
        "expired": [stay.since for stay in seen if stay.status == "expired"],
        "renewed": list(renewed.values()),
        "revoked": [stay.since for stay in seen if stay.status == "revoked"],
        "closed": [stay.since for stay in seen if stay.status == "closed"],
    }
    before = at(own, period.start - _INSTANT)
    return Member(
        id=identifier,
        summary=record.summary if record else None,
        risk=record.risk if record else None,
        environment=record.environment if record else None,
        owner=record.owner if record else None,
        requester=record.requester if record else None,
        at_start=before.status if before else None,
        at_end=last.status,
        requested=when["requested"][0],
        approved=max(when["approved"], default=None),
        denied=max(when["denied"], default=None),
        active_since=min(when["activated"], default=None),
        active_days=_active_days(seen, period, end),
        expired=max(when["expired"], default=None),
        revoked=max(when["revoked"], default=None),
        closed=max(when["closed"], default=None),
        renews=(record.renews or None) if record else None,
        renewed_by=tuple(sorted(renewed)),
        happened=tuple(
            name for name, moments in when.items() if any(period.start <= at_ < end for at_ in moments)
        ),
    )


def _active_days(own: Iterable[Span], period: Period, end: dt.datetime) -> int:
    days: set[dt.date] = set()
    for stay in own:
        first, last = max(stay.since, period.start), min(stay.until, end)
        if stay.status == "active" and first < last:
            number = ((last - _INSTANT).date() - first.date()).days + 1
            days |= {first.date() + dt.timedelta(days=day) for day in range(number)}
    return len(days)


def _renewals(
    lines: Mapping[int, Sequence[Span]], by_id: Mapping[str, Sequence[Review]], end: dt.datetime
) -> dict[int, dict[str, dt.datetime]]:
    """Number -> ids of approved renewals of it, and when they were approved."""
    found: dict[int, dict[str, dt.datetime]] = {}
    for own in lines.values():
        case = own[-1].case
        renewed = id_number(case.record.renews) if case.record and case.record.renews else None
        approved = [
            review.over
            for review in by_id.get(case.id, ())
            if review.over and review.over < end and review.outcome in {"approved", "merged"}
        ]
        if renewed is not None and approved:
            found.setdefault(renewed, {})[case.id] = min(approved)
    return found


def _changes(lines: Mapping[int, Sequence[Span]], start: dt.datetime, end: dt.datetime) -> list[Change]:
    found = []
    for own in lines.values():
        former: Span | None = None
        for stay in own:
            if start <= stay.since < end:
                before = former.status if former and former.until == stay.since else None
                found.append(Change(stay.case.id, stay.since, before, stay.status))
            former = stay
    return sorted(found, key=lambda change: (change.at, change.id))


def _counts(members: Sequence[Member]) -> Counts:
    found = Counter(name for member in members for name in member.happened)
    return Counts(**{name: found[name] for name in Counts.__struct_fields__})


def _balance(
    lines: Mapping[int, Sequence[Span]], changes: Sequence[Change], period: Period, end: dt.datetime
) -> Balance:
    def active(moment: dt.datetime) -> int:
        standing = (at(own, moment) for own in lines.values())
        return sum(stay is not None and stay.status == "active" for stay in standing)

    left = Counter(str(change.after) for change in changes if change.before == "active")
    ever = sum(
        any(s.status == "active" and s.since < end and s.until > period.start for s in own)
        for own in lines.values()
    )
    return Balance(
        at_start=active(period.start - _INSTANT),
        became=sum(change.after == "active" for change in changes),
        left=dict(sorted(left.items())),
        at_end=active(end - _INSTANT),
        ever=ever,
    )


def _timing(every: Sequence[Review], period: Period, end: dt.datetime) -> Timing:
    over = [r for r in every if r.over and period.start <= r.over < end]
    decided = [r for r in over if r.outcome in {"approved", "denied"}]
    # What was open at the end, whenever it was decided after it.
    waiting = [r for r in every if r.asked < end and (r.over is None or r.over >= end)]
    return Timing(
        decided=len(decided),
        on_time=sum(not r.late for r in decided),
        late=sum(r.late for r in decided),
        dropped=sum(r.outcome == "dropped" for r in over),
        open=len(waiting),
        open_late=sum(r.due is not None and r.due < end for r in waiting),
        not_separate=sum(r.separate is False for r in decided),
    )
