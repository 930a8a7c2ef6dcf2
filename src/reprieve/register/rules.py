"""Rules that only the whole register can judge: renewals by another name, and requests already made."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from reprieve.record.lifecycle import Standing
from reprieve.record.model import Problem, Record, id_number
from reprieve.record.scope import covers, overlap
from reprieve.register.register import Register
from reprieve.register.snapshot import Case

_EVER_IN_FORCE = frozenset({"active", "expired", "revoked", "closed"})
_OPEN = frozenset({"requested", "in-review", "approved"})


def refiled(record: Record, path: str, register: Register, now: dt.datetime) -> Problem | None:
    """A scope that was renewed often enough already, asked for under a new id (design section 3).

    A request that overlaps an ended or active exception inherits its renewal count and adds one to it,
    as if it had said `renews`; an escalation lifts the limit as it does there.
    """
    if record.escalation or record.renews:
        return None
    own = id_number(record.id)
    limit = register.snapshot.charter.limits.renewals
    for case, standing in register.cases(now):
        if case.number == own or case.record is None or standing.status not in _EVER_IN_FORCE:
            continue
        count = inherited(case, register) + 1
        if count > limit and overlap(record, case.record):
            return Problem(
                rule="renewals",
                message=f"overlaps {case.id} ({standing.status}), whose scope was renewed {count - 1} times;"
                f" at most {limit} are allowed",
                path=path,
                exception=record.id,
                hint=f"reprieve escalate {record.id} --case renewal-denied --reason …",
            )
    return None


def inherited(case: Case, register: Register) -> int:
    """How often what a case covers has been renewed: by `renews`, or by the same scope under other ids."""
    if case.renewals or case.record is None:
        return case.renewals
    earlier = [
        other
        for other in register.snapshot.cases
        if other.number < case.number and other.record and _was_in_force(other)
    ]
    counts = [
        inherited(other, register) + 1
        for other in earlier
        if other.record and overlap(case.record, other.record)
    ]
    return max(counts, default=0)


def _was_in_force(case: Case) -> bool:
    return case.facts.final is not None or case.facts.entered is not None


def already_asked(record: Record, cases: Iterable[tuple[Case, Standing]]) -> tuple[Case, Standing] | None:
    """An open request, or an active exception, that covers all of the scope already."""
    for case, standing in cases:
        if case.record is not None and standing.status in _OPEN | {"active"} and covers(case.record, record):
            return case, standing
    return None
