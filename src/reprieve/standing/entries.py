"""One exception as commands, pages and the API show it: where it stands, and the words for that."""

from __future__ import annotations

import datetime as dt
from typing import Any

import msgspec

from reprieve.record.lifecycle import Standing, Status
from reprieve.record.model import Reason, ScopeEntry
from reprieve.record.scope import values_of
from reprieve.register.layout import branch_of
from reprieve.register.snapshot import Case
from reprieve.report.text import amount
from reprieve.standing.view import Moment, View, minute
from reprieve.words import Environment, Risk

_REVIEWED = frozenset({"requested", "in-review"})
_DATED = frozenset({"requested", "in-review", "approved", "active", "expired", "void"})


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One exception at a moment. The keys are a promise; what an unreadable record lacks is null."""

    id: str
    status: Status
    expiring: bool
    summary: str | None
    reason: Reason | None
    risk: Risk | None
    environment: Environment | None
    requester: str | None
    owner: str | None
    requested: dt.date | None
    expires: dt.date | None
    expires_in_days: int | None
    scope: tuple[ScopeEntry, ...]
    branch: str | None
    """The unmerged branch it is on."""
    missing: tuple[str, ...]
    """Roles that still have to approve."""
    due: dt.datetime | None
    overdue: bool
    renews: str | None
    renewals: int
    path: str
    why: str
    simulated: bool

    def values(self) -> dict[str, Any]:
        """Its fields, for a struct that says more."""
        return msgspec.structs.asdict(self)


def entry_of(case: Case, standing: Standing, view: View | Moment) -> Entry:
    """The entry of a case."""
    record = case.record
    return Entry(
        id=case.id,
        status=standing.status,
        expiring=standing.expiring,
        summary=record.summary if record else None,
        reason=record.reason if record else None,
        risk=record.risk if record else None,
        environment=record.environment if record else None,
        requester=record.requester if record else None,
        owner=record.owner if record else None,
        requested=record.requested if record else None,
        expires=record.expires if record else None,
        expires_in_days=(record.expires - view.now.date()).days if record else None,
        scope=record.scope if record else (),
        branch=case.branch,
        missing=standing.missing,
        due=standing.due,
        overdue=standing.overdue,
        renews=(record.renews or None) if record else None,
        renewals=case.renewals,
        path=case.path,
        why=standing.reason,
        simulated=view.simulated,
    )


def status_words(entry: Entry) -> str:
    """`active (expiring)`, `requested (due 2026-11-05 17:00 UTC)`, `in-review (question open)`."""
    words = f"{entry.status} ({detail})" if (detail := _detail(entry)) else entry.status
    own = entry.branch is None or entry.branch == branch_of(int(entry.id.partition("-")[2] or 0))
    return words if own else f"{words} on {entry.branch}"


def _detail(entry: Entry) -> str:
    if entry.expiring:
        return "expiring"
    return due_words(entry) if entry.status in _REVIEWED else ""


def due_words(entry: Entry) -> str:
    """How long the review may take, or what it waits for instead."""
    if not entry.missing:
        return "to be merged"
    if entry.due is None:
        return "question open"
    return f"{'overdue since' if entry.overdue else 'due'} {minute(entry.due)}"


def expiry_words(entry: Entry) -> str:
    """`2027-01-30 (in 12 days)`; the date alone for what has ended otherwise."""
    days = entry.expires_in_days
    if entry.expires is None or days is None:
        return ""
    if entry.status not in _DATED:
        return str(entry.expires)
    if days < 0:
        return f"{entry.expires} ({amount(-days, 'day')} ago)"
    return f"{entry.expires} (in {amount(days, 'day')})" if days else f"{entry.expires} (today)"


def checks_of(entry: Entry) -> tuple[str, ...]:
    """What the scope is about: checks, or else packages or fingerprints; each once."""
    found: dict[str, None] = {}
    for part in entry.scope:
        named = values_of(part, "checks") or values_of(part, "packages") or values_of(part, "fingerprints")
        found |= dict.fromkeys(named)
    return tuple(found)


def short_checks(entry: Entry, shown: int = 2) -> str:
    """`KSV012, KSV001 +3`."""
    checks = checks_of(entry)
    more = f" +{len(checks) - shown}" if len(checks) > shown else ""
    return ", ".join(checks[:shown]) + more
