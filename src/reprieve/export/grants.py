"""The active records of a register, and what statements say of them."""

from __future__ import annotations

import datetime as dt

from reprieve.export.interface import Grant
from reprieve.record.document import Document, parse
from reprieve.record.template import sections_of
from reprieve.register.register import Register
from reprieve.register.snapshot import Case

_SECTION = "Justification"


def grants_of(register: Register, now: dt.datetime) -> list[Grant]:
    """Every exception that is active at `now`, by number."""
    active = [
        case
        for case, standing in register.cases(now)
        if standing.status == "active" and case.branch is None and case.record is not None
    ]
    texts = register.git.objects([case.blob for case in active if case.blob])
    return [_grant(case, texts) for case in sorted(active, key=lambda case: case.number)]


def _grant(case: Case, texts: dict[str, bytes]) -> Grant:
    assert case.record is not None  # noqa: S101  (an active one has been read)
    decisions = sorted(
        (d for d in case.facts.decisions if d.stands and d.verdict == "approve"), key=lambda d: d.at
    )
    return Grant(
        case.record,
        tuple(dict.fromkeys(f"{decision.person} ({decision.role})" for decision in decisions)),
        decisions[-1].at.astimezone(dt.UTC).date() if decisions else None,
        _justification(case, texts.get(case.blob or "", b"")),
    )


def _justification(case: Case, text: bytes) -> str:
    parsed = parse(case.path, text)
    if not isinstance(parsed, Document):
        return ""
    _, found = sections_of(parsed.body).get(_SECTION, (0, ""))
    return found.strip()
