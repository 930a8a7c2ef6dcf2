"""Everything that happened in a register as one list, to be filtered: what an auditor samples from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any, get_args

import msgspec

from reprieve.auditor.period import Period
from reprieve.record.lifecycle import Decision, Trust
from reprieve.record.model import id_number
from reprieve.register import history
from reprieve.register.history import CHARTER_ID, Event, Kind
from reprieve.register.register import Register

KINDS: tuple[Kind, ...] = get_args(Kind)
"""Every kind of event there is, in the order of a record's life."""


class AuditEvent(msgspec.Struct, frozen=True):
    """One thing that happened, and on what its author's name rests."""

    at: dt.datetime
    kind: Kind
    id: str
    """Of the record; `charter` for the charter."""
    who: str
    commit: str
    text: str
    branch: str | None
    """The unmerged branch it waits on; None for what is part of the protected branch."""
    counts: bool
    """False for a decision that is refused or that a change of the terms ended."""
    role: str | None
    """Of a decision: the role it was made in."""
    trust: Trust | None
    """Of a decision: `signed` where the signature was verified, else `claimed`."""
    terms: str | None
    """Of a decision: the digest of the terms that it names."""


class Query(msgspec.Struct, frozen=True):
    """Which events are wanted; what is empty asks for nothing in particular."""

    people: tuple[str, ...] = ()
    """E-mail addresses; case is ignored."""
    ids: tuple[str, ...] = ()
    """`EXC-007`, `charter`; ids compare as numbers."""
    kinds: tuple[Kind, ...] = ()
    period: Period | None = None
    merged: bool | None = None
    """True for what is part of the protected branch, False for what waits on branches."""
    text: str = ""
    """Part of the text, the id, the person or the commit; case is ignored."""


HEADS = AuditEvent.__struct_fields__
"""The columns of `rows`."""


def events(register: Register, until: dt.datetime | None = None) -> list[AuditEvent]:
    """Every event of every record and of the charter, oldest first.

    Args:
        register: opened at any moment.
        until: leave out what came later (aware); None for everything.

    Errors: `RegisterError` when git cannot give the history.
    """
    decisions = _decisions(register)
    return [
        _audited(event, decisions.get(event.commit))
        for event in history.events(register)
        if until is None or event.at <= until
    ]


def matching(found: Iterable[AuditEvent], query: Query) -> list[AuditEvent]:
    """Those that a query asks for, in the order in which they are given."""
    people = {person.strip().lower() for person in query.people}
    ids = {_key(identifier) for identifier in query.ids}
    text = query.text.strip().casefold()
    return [
        event
        for event in found
        if (not people or event.who in people)
        and (not ids or _key(event.id) in ids)
        and (not query.kinds or event.kind in query.kinds)
        and (query.period is None or query.period.holds(event.at))
        and (query.merged is None or query.merged == (event.branch is None))
        and (not text or _mentions(event, text))
    ]


def rows(found: Iterable[AuditEvent]) -> list[Sequence[Any]]:
    """The cells of a table, by `HEADS`; `report.csv` writes them safely."""
    return [tuple(getattr(event, head) for head in HEADS) for event in found]


def _audited(event: Event, decision: Decision | None) -> AuditEvent:
    decided = decision if event.kind in {"asked", "approved", "denied"} else None
    return AuditEvent(
        at=event.at,
        kind=event.kind,
        id=event.id,
        who=event.who,
        commit=event.commit,
        text=event.text,
        branch=event.branch,
        counts=event.counts,
        role=decided.role if decided else None,
        trust=decided.trust if decided else None,
        terms=decided.terms if decided else None,
    )


def _decisions(register: Register) -> dict[str, Decision]:
    """By commit; as the protected branch has it, where that knows it."""
    cases = (*register.snapshot.proposed, *register.snapshot.cases)
    return {decision.commit: decision for case in cases for decision in case.facts.decisions}


def _key(identifier: str) -> int | str:
    text = identifier.strip()
    if text.lower() == CHARTER_ID:
        return CHARTER_ID
    number = id_number(text.upper())
    return text if number is None else number


def _mentions(event: AuditEvent, text: str) -> bool:
    return any(text in value.casefold() for value in (event.text, event.id, event.who, event.commit))
