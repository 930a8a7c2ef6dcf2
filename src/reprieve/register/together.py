"""What only several records show: chains of renewals, and how many are critical in production."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from reprieve.record.model import Problem, format_id, id_number
from reprieve.register.snapshot import Case, Ruling


def limited(cases: Sequence[Case], rulings: Sequence[Ruling]) -> list[Case]:
    """The cases with what only several records show: renewals, and critical ones in production."""
    by_number = {case.number: case for case in cases}
    counted = [with_renewals(case, by_number, rulings) for case in cases]
    return _within_critical_limit(counted, rulings)


def with_renewals(case: Case, by_number: Mapping[int, Case], rulings: Sequence[Ruling]) -> Case:
    """The case with how often it was renewed, and what is wrong with that."""
    if case.record is None or not case.record.renews:
        return case
    chain, problem = renewal_chain(case, by_number)
    limit = rulings[case.charter].charter.limits.renewals
    if problem is None and len(chain) > limit and not case.record.escalation:
        problem = f"renewed {len(chain)} times, at most {limit} are allowed: escalate it"
    if problem and case.facts.final is None:
        found = Problem(rule="renewals", message=problem, path=case.path, exception=case.id)
        case = msgspec.structs.replace(case, problems=(*case.problems, found))
    return msgspec.structs.replace(case, renewals=len(chain))


def renewal_chain(case: Case, by_number: Mapping[int, Case]) -> tuple[list[int], str | None]:
    """The ids that a case renews, latest first; and what is wrong with the chain."""
    chain: list[int] = []
    current: Case | None = case
    while current is not None and current.record is not None and current.record.renews:
        renewed = id_number(current.record.renews)
        if renewed is None or renewed == case.number or renewed in chain:
            return chain, f"`renews` of {current.id} goes round in a circle"
        chain.append(renewed)
        current = by_number.get(renewed)
        if current is None:
            return chain, f"renews {format_id(renewed)}, which the register never held"
    return chain, None


def _within_critical_limit(cases: list[Case], rulings: Sequence[Ruling]) -> list[Case]:
    """`critical_in_production: N` lets the N that entered first stand without an escalation."""
    critical = [
        case
        for case in cases
        if case.record
        and not case.record.escalation
        and case.facts.final is None
        and (case.record.risk, case.record.environment) == ("critical", "production")
    ]
    critical.sort(key=lambda case: (case.facts.entered or case.facts.added, case.number))
    over: dict[int, Problem] = {}
    for rank, case in enumerate(critical, start=1):
        limit = rulings[case.charter].charter.limits.critical_in_production
        if 0 < limit < rank:
            message = f"critical in production, over the limit of {limit}: escalate it"
            over[case.number] = Problem(
                rule="critical-in-production", message=message, path=case.path, exception=case.id
            )
    return [
        msgspec.structs.replace(case, problems=(*case.problems, over[case.number]))
        if case.number in over
        else case
        for case in cases
    ]
