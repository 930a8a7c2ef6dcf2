"""Who will have to approve a record of the working tree, and by when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import msgspec

from reprieve.record import clock
from reprieve.record.charter import Charter
from reprieve.record.document import Document
from reprieve.record.lifecycle import Standing
from reprieve.register.register import Register
from reprieve.register.snapshot import Case


class Approver(msgspec.Struct, frozen=True):
    """A role that has to approve, and those who hold it and may."""

    role: str
    holders: tuple[str, ...]


class Review(msgspec.Struct, frozen=True):
    """Who will have to approve a record, and by when."""

    exception: str
    path: str
    approvers: tuple[Approver, ...]
    """Empty where the charter counts what is merged as approved, or where all have approved."""
    due: dt.datetime | None
    """None while a question is open, or when nobody has to approve."""
    paused: bool = False


def review_of(
    document: Document,
    proposed: Sequence[Case],
    charter: Charter,
    register: Register | None,
    now: dt.datetime,
) -> Review:
    """The review that new terms need: the one under way, or one whose clock starts now.

    Args:
        document: the record as it is in the working tree.
        proposed: what unmerged branches ask for under its id.
        charter: the one that judges it.
        register: what is protected, if anything is.
        now: the moment to count from, aware.
    """
    record = document.record
    if charter.approvals == "merged":
        return Review(record.id, document.path, (), None)
    roles = charter.required_roles(record.risk, escalated=bool(record.escalation))
    due = clock.due(charter.calendar, now, charter.review[record.risk])
    standing = _under_way(document, proposed, register, now)
    if standing is not None:
        roles, due = standing.missing, standing.due
    out = barred(document, proposed)
    approvers = tuple(Approver(role, tuple(sorted(charter.holders(role) - out))) for role in roles)
    paused = standing is not None and standing.paused
    return Review(record.id, document.path, approvers, due if approvers else None, paused)


def barred(document: Document, proposed: Sequence[Case]) -> frozenset[str]:
    """The requester, and who set these terms as far as it is known: they cannot approve."""
    setters = {
        person for case in proposed if case.digest == document.digest for person in case.facts.submitters
    }
    return frozenset({document.record.requester.lower(), *setters})


def _under_way(
    document: Document, proposed: Sequence[Case], register: Register | None, now: dt.datetime
) -> Standing | None:
    """Where a review of exactly these terms stands: its clock runs already."""
    for case in reversed(proposed):
        if case.digest == document.digest and register is not None:
            standing = register.snapshot.standing(case, now)
            return standing if standing.status in {"requested", "in-review"} else None
    return None
