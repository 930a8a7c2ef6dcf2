"""Everything about one exception, as data: what `reprieve show --output json` prints."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

import msgspec

from reprieve.errors import UsageError
from reprieve.findings.model import Report
from reprieve.record.document import Document, parse
from reprieve.record.lifecycle import Decision, Trust, Verdict
from reprieve.record.model import (
    Closed,
    Control,
    Escalation,
    Incident,
    Problem,
    Remediation,
    Revoked,
    Void,
    format_id,
    id_number,
)
from reprieve.record.template import sections_of
from reprieve.register.history import Event
from reprieve.register.register import Register
from reprieve.register.snapshot import Case
from reprieve.standing.entries import Entry, entry_of
from reprieve.standing.reach import Noted, Reach, noted_in, reaches
from reprieve.standing.view import View, happened
from reprieve.standing.waiting import Need, Question, needs, questions


class DecisionRow(msgspec.Struct, frozen=True):
    """One decision, and whether it counts."""

    at: dt.datetime
    verdict: Verdict
    person: str
    role: str
    trust: Trust
    commit: str
    note: str
    counts: bool
    refused: str | None
    """Why it never counted."""
    ended: dt.datetime | None
    """When a change of the terms ended it."""


class Detail(Entry, frozen=True, kw_only=True):
    """One exception, whole."""

    controls: tuple[Control, ...]
    remediation: Remediation | None
    voids: tuple[Void, ...]
    incidents: tuple[Incident, ...]
    escalation: Escalation | None
    revoked: Revoked | None
    closed: Closed | None
    added: dt.datetime
    """When it was first committed."""
    asked: dt.datetime
    """When its present terms were set."""
    entered: dt.datetime | None
    """When they entered the protected branch."""
    submitters: tuple[str, ...]
    """Who set the terms, and so cannot approve them."""
    terms: str | None
    """The digest that a decision names."""
    charter: str
    """The digest of the charter that judges it."""
    decisions: tuple[DecisionRow, ...]
    needs: tuple[Need, ...]
    questions: tuple[Question, ...]
    renewed_by: tuple[str, ...]
    problems: tuple[Problem, ...]
    prose: dict[str, str]
    """Heading -> text."""
    proposals: tuple[Entry, ...]
    """What branches ask for this id beside it."""
    history: tuple[Event, ...]
    counted: Noted | None
    """How many findings it covered when it was approved, or asked for, as somebody wrote down."""
    reach: Reach | None
    """How far it reaches in reports; None when none were given."""


def detail_of(
    view: View, number: int, history: Sequence[Event] | None = None, reports: Sequence[Report] = ()
) -> Detail:
    """The exception of an id, as the protected branch holds it, or else a branch.

    Its `history` is read from Git when None. Errors: `UsageError` for an id that the register does not hold.
    """
    snapshot = view.register.snapshot
    merged, proposed = snapshot.find(number)
    if merged is None and not proposed:
        raise UsageError(
            f"the register holds no {format_id(number)}", hint="`reprieve list` shows what it holds"
        )
    case = merged or proposed[-1]
    others = [other for other in proposed if other is not case]
    entry = entry_of(case, snapshot.standing(case, view.now), view)
    return Detail(
        **entry.values(),
        **_of_record(case),
        added=case.facts.added,
        asked=case.facts.asked,
        entered=case.facts.entered,
        submitters=case.facts.submitters,
        terms=case.digest,
        charter=snapshot.rulings[case.charter].digest,
        decisions=tuple(map(_row, case.facts.decisions)),
        needs=needs(snapshot, case, entry.missing),
        questions=questions(case) if entry.missing else (),
        renewed_by=_renewals(view.register, number),
        problems=case.problems,
        prose=_prose(view.register, case),
        proposals=tuple(entry_of(other, snapshot.standing(other, view.now), view) for other in others),
        history=tuple(happened(view, number) if history is None else history),
        counted=noted_in(case.facts),
        reach=reaches(snapshot, [case], reports)[0] if reports else None,
    )


def _of_record(case: Case) -> dict[str, Any]:
    record = case.record
    if record is None:
        empty = dict.fromkeys(("remediation", "escalation", "revoked", "closed"))
        return {"controls": (), "voids": (), "incidents": (), **empty}
    return {
        "controls": record.controls,
        "voids": record.voids,
        "incidents": record.incidents,
        "remediation": record.remediation,
        "escalation": record.escalation or None,
        "revoked": record.revoked or None,
        "closed": record.closed or None,
    }


def _row(decision: Decision) -> DecisionRow:
    return DecisionRow(
        at=decision.at,
        verdict=decision.verdict,
        person=decision.person,
        role=decision.role,
        trust=decision.trust,
        commit=decision.commit,
        note=decision.note,
        counts=decision.stands,
        refused=decision.refused,
        ended=decision.ended,
    )


def _renewals(register: Register, number: int) -> tuple[str, ...]:
    """The ids that renew this one, asked for or in force."""
    every = (*register.snapshot.cases, *register.snapshot.proposed)
    renewing = (case for case in every if case.record and case.record.renews)
    found = [case.id for case in renewing if case.record and id_number(case.record.renews or "") == number]
    return tuple(dict.fromkeys(found))


def _prose(register: Register, case: Case) -> dict[str, str]:
    if case.blob is None or case.digest is None:
        return {}
    parsed = parse(case.path, register.git.run("cat-file", "blob", case.blob))
    if not isinstance(parsed, Document):
        return {}
    return {heading: text for heading, (_, text) in sections_of(parsed.body).items()}
