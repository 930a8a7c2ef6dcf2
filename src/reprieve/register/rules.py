"""Rules that only the whole register can judge: renewals by another name, and requests already made."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from reprieve.record.lifecycle import Standing, missing_roles
from reprieve.record.model import Problem, Record, id_number
from reprieve.record.scope import covers, overlap
from reprieve.register.register import Register
from reprieve.register.snapshot import Case

_OPEN = frozenset({"requested", "in-review", "approved"})


def refiled(record: Record, path: str, register: Register, now: dt.datetime) -> Problem | None:
    """A scope that was renewed often enough already, whatever a request says it renews (design section 3).

    A request that renews or overlaps an exception that is or was in force inherits its renewal count and
    adds one to it. An escalation lifts the limit.
    """
    renews = id_number(record.renews) if record.renews else None
    if renews is not None and all(case.number != renews for case in register.snapshot.cases):
        message = f"`renews`: the register never held {record.renews}"
        return Problem(rule="renewals", message=message, path=path, exception=record.id)
    if record.escalation:
        return None
    count, former = renewal_count(record, register, skip=id_number(record.id))
    limit = register.snapshot.charter.limits.renewals
    if former is None or count <= limit:
        return None
    return Problem(
        rule="renewals",
        message=f"renews or overlaps {former.id} ({register.snapshot.standing(former, now).status}),"
        f" whose scope was renewed {count - 1} times; at most {limit} are allowed",
        path=path,
        exception=record.id,
        hint="only an escalation goes on from here: renew with --escalate, for the ciso to decide",
    )


def renewal_count(record: Record, register: Register, *, skip: int | None = None) -> tuple[int, Case | None]:
    """Which renewal of its scope a request would be, and of which exception; 0 for the first."""
    known: dict[int, int] = {}
    renews = id_number(record.renews) if record.renews else None
    counts = [
        (_inherited(case, register, known) + 1, case)
        for case in register.snapshot.cases
        if case.number != skip and _was_in_force(case, register) and _related(record, renews, case)
    ]
    return max(counts, key=lambda pair: pair[0], default=(0, None))


def _inherited(case: Case, register: Register, known: dict[int, int]) -> int:
    """How often what a case covers had been renewed when it came: by `renews`, or under other ids."""
    if case.number not in known:
        known[case.number] = case.renewals  # stands while the recursion looks at older ones
        renews = id_number(case.record.renews) if case.record and case.record.renews else None
        older = [
            _inherited(other, register, known) + 1
            for other in register.snapshot.cases
            if other.number < case.number
            and case.record
            and _was_in_force(other, register)
            and _related(case.record, renews, other)
        ]
        known[case.number] = max([case.renewals, *older])
    return known[case.number]


def _related(record: Record, renews: int | None, case: Case) -> bool:
    return case.record is not None and (case.number == renews or overlap(record, case.record))


def _was_in_force(case: Case, register: Register) -> bool:
    """Whether it ever had all its approvals on the protected branch."""
    return (
        case.record is not None
        and case.facts.merged
        and case.facts.entered is not None
        and not missing_roles(case.record, case.facts, register.snapshot.charter_of(case))
    )


def already_asked(record: Record, cases: Iterable[tuple[Case, Standing]]) -> tuple[Case, Standing] | None:
    """An open request, or an active exception, that covers all of the scope already.

    For a renewal: an open request that renews the same.
    """
    renews = id_number(record.renews) if record.renews else None
    for case, standing in cases:
        if case.record is None:
            continue
        if renews is not None:
            same = bool(case.record.renews) and id_number(case.record.renews or "") == renews
            if same and standing.status in _OPEN:
                return case, standing
        elif standing.status in _OPEN | {"active"} and covers(case.record, record):
            return case, standing
    return None
