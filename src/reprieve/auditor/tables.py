"""The tables of the report, for the formats that people read: heads and rows of plain text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from reprieve.auditor.controls import ByFramework
from reprieve.auditor.entries import Entry
from reprieve.auditor.population import Member, Population
from reprieve.auditor.reviews import Review
from reprieve.auditor.timeseries import Day
from reprieve.auditor.words import day, days_words, minute, review_words, separation_words, status_words


class Table(NamedTuple):
    """Heads and rows; every cell is text, not escaped yet."""

    heads: Sequence[str]
    rows: Sequence[Sequence[str]]


def register_table(entries: Sequence[Entry]) -> Table:
    """Every record at the date."""
    heads = ("exception", "status", "risk", "owner", "expires", "left", "approved by", "trust", "summary")
    return Table(
        heads,
        [
            (
                entry.id,
                status_words(entry),
                entry.risk or "",
                entry.owner or "",
                str(entry.expires or ""),
                days_words(entry),
                ", ".join(f"{d.person} ({d.role})" for d in entry.approvals) or _nobody(entry),
                entry.trust or "",
                entry.summary or entry.why,
            )
            for entry in entries
        ],
    )


def _nobody(entry: Entry) -> str:
    return "who may merge" if entry.trust == "merged" else "nobody"


def population_table(members: Sequence[Member]) -> Table:
    """The population: every record, and when each thing happened to it."""
    heads = ("exception", "at the start", "at the end", "requested", "approved", "denied", "active since")
    more = ("active days", "expired", "revoked", "closed", "renews", "renewed by", "risk", "owner")
    return Table((*heads, *more), [_member(member) for member in members])


def _member(member: Member) -> Sequence[str]:
    return (
        member.id,
        member.at_start or "none yet",
        member.at_end,
        day(member.requested),
        day(member.approved),
        day(member.denied),
        day(member.active_since),
        f"{member.active_days:,}",
        day(member.expired),
        day(member.revoked),
        day(member.closed),
        member.renews or "",
        ", ".join(member.renewed_by),
        member.risk or "",
        member.owner or "",
    )


def review_table(reviews: Sequence[Review]) -> Table:
    """Each round of review: requester beside approvers, time beside limit."""
    heads = ("exception", "asked", "requested and written by", "decided", "by", "different people", "time")
    return Table(
        heads,
        [
            (
                review.id,
                minute(review.asked),
                ", ".join(dict.fromkeys((review.requester, *review.submitters))),
                minute(review.over) or "not yet",
                _deciders(review),
                separation_words(review),
                review_words(review),
            )
            for review in reviews
        ],
    )


def _deciders(review: Review) -> str:
    people = (*review.approvers, *((review.denier,) if review.denier else ()))
    return ", ".join(f"{who.person} ({who.role}, {who.trust})" for who in people)


def control_table(framework: ByFramework) -> Table:
    """The controls of one framework that exceptions touch."""
    return Table(
        ("control", "active exceptions", "others", "checks"),
        [
            (
                f"{found.control} {found.name}".strip(),
                ", ".join(found.active) or "none",
                ", ".join(found.others),
                ", ".join(found.checks),
            )
            for found in framework.controls
        ],
    )


def change_table(found: Population) -> Table:
    """Every change of status within the period."""
    return Table(
        ("when", "exception", "from", "to"),
        [(minute(c.at), c.id, c.before or "nothing", c.after) for c in found.changes],
    )


def day_table(days: Sequence[Day]) -> Table:
    """Counts at the ends of weeks, or of months over long periods; always of the first and the last day."""
    weekly = len(days) <= 190
    last = len(days) - 1
    kept = [
        one
        for number, one in enumerate(days)
        if number in (0, last) or (one.day.weekday() == 6 if weekly else _is_last_of_month(days, number))
    ]
    heads = ("day", "active", "of them expiring", "expired", "approved", "under review")
    return Table(
        heads,
        [
            (
                str(one.day),
                f"{one.status['active']:,}",
                f"{one.expiring:,}",
                f"{one.status['expired']:,}",
                f"{one.status['approved']:,}",
                f"{one.status['requested'] + one.status['in-review']:,}",
            )
            for one in kept
        ],
    )


def _is_last_of_month(days: Sequence[Day], number: int) -> bool:
    return number + 1 < len(days) and days[number + 1].day.day == 1
