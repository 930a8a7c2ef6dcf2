"""Each record as an auditor reads it: where it stands, who asked, who decided in which role."""

from __future__ import annotations

import datetime as dt
from typing import Any

import msgspec

from reprieve.record.document import MAX_SIZE, Document, parse
from reprieve.record.lifecycle import Decision, Standing, Status, Trust, Verdict, approved_at, review_due
from reprieve.record.model import (
    Closed,
    Control,
    Escalation,
    Incident,
    Problem,
    Reason,
    Remediation,
    Revoked,
    ScopeEntry,
    Void,
)
from reprieve.record.template import sections_of
from reprieve.register.register import Register
from reprieve.register.snapshot import Case
from reprieve.words import Environment, Risk


class Signed(msgspec.Struct, frozen=True):
    """One decision that was recorded, and whether it counts."""

    commit: str
    at: dt.datetime
    verdict: Verdict
    person: str
    role: str
    trust: Trust
    note: str
    counts: bool
    why_not: str
    """Why it does not count; empty when it does."""
    separate: bool
    """Whether the person is another than whoever asked or set the terms."""


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One record at a moment. What a record that cannot be read does not say is null."""

    id: str
    status: Status
    expiring: bool
    why: str
    summary: str | None
    reason: Reason | None
    risk: Risk | None
    environment: Environment | None
    requester: str | None
    owner: str | None
    requested: dt.date | None
    expires: dt.date | None
    days_left: int | None
    """Until the last day on which it holds; negative once it is over. None for what has ended otherwise."""
    scope: tuple[ScopeEntry, ...]
    controls: tuple[Control, ...]
    remediation: Remediation | None
    voids: tuple[Void, ...]
    incidents: tuple[Incident, ...]
    escalation: Escalation | None
    revoked: Revoked | None
    closed: Closed | None
    renews: str | None
    renewals: int
    submitters: tuple[str, ...]
    """Requester, and every author or signer of a commit that set these terms: none of them may approve."""
    decisions: tuple[Signed, ...]
    missing: tuple[str, ...]
    """Roles that still have to approve."""
    trust: Trust | None
    """What its approvals rest on, the weakest of them; None without one that counts."""
    added: dt.datetime
    """When it was first committed."""
    asked: dt.datetime
    """When its present terms were set: the review clock starts here."""
    due: dt.datetime | None
    """When the review had to be over; None while a question is open."""
    decided: dt.datetime | None
    """When the last approval came that was needed, or the denial."""
    entered: dt.datetime | None
    """When its present terms entered the protected branch."""
    ended: dt.datetime | None
    """When it was revoked or closed."""
    terms: str | None
    """Digest of the terms, which decisions name."""
    charter: str
    """Digest of the charter that judges it."""
    path: str
    branch: str | None
    """The unmerged branch it is on."""
    problems: tuple[Problem, ...]
    prose: dict[str, str]
    """Heading -> text of the record; empty for one that cannot be read."""

    @property
    def approvals(self) -> tuple[Signed, ...]:
        """The approvals that count."""
        return tuple(d for d in self.decisions if d.counts and d.verdict == "approve")


_DATED = frozenset({"requested", "in-review", "approved", "active", "expired", "void"})


def entries(register: Register, now: dt.datetime) -> tuple[Entry, ...]:
    """Every exception and request at a moment, by id; of one id, that on the protected branch first."""
    cases = sorted(register.cases(now), key=lambda pair: (pair[0].number, pair[0].branch or ""))
    wanted = {case.blob for case, _ in cases if case.blob and case.digest}
    contents = register.git.blobs(sorted(wanted), MAX_SIZE)
    return tuple(
        entry_of(register, case, standing, now, contents.get(case.blob or "", b""))
        for case, standing in cases
    )


def entry_of(
    register: Register, case: Case, standing: Standing, now: dt.datetime, content: bytes = b""
) -> Entry:
    """One case as an entry; `content` is that of its file."""
    snapshot, record, facts = register.snapshot, case.record, case.facts
    charter = snapshot.charter_of(case)
    submitters = frozenset(facts.submitters)
    return Entry(
        **_said(case),
        id=case.id,
        status=standing.status,
        expiring=standing.expiring,
        why=standing.reason,
        days_left=(record.expires - now.date()).days if record and standing.status in _DATED else None,
        renewals=case.renewals,
        submitters=facts.submitters,
        decisions=tuple(_signed(decision, submitters) for decision in facts.decisions),
        missing=standing.missing,
        trust="merged" if charter.approvals == "merged" and facts.merged else _weakest(facts.decisions),
        added=facts.added,
        asked=facts.asked,
        due=review_due(record, facts, charter) if record else None,
        decided=decided_at(case, register),
        entered=facts.entered,
        ended=facts.final.at if facts.final else None,
        terms=case.digest,
        charter=snapshot.rulings[case.charter].digest,
        path=case.path,
        branch=case.branch,
        problems=case.problems,
        prose=_prose(case.path, content),
    )


def decided_at(case: Case, register: Register) -> dt.datetime | None:
    """When the review of the present terms was over: with the last approval needed, or the denial."""
    if case.record is None:
        return None
    denials = [d.at for d in case.facts.decisions if d.stands and d.verdict == "deny"]
    if denials:
        return min(denials)
    return approved_at(case.record, case.facts, register.snapshot.charter_of(case))


def _prose(path: str, content: bytes) -> dict[str, str]:
    parsed = parse(path, content) if content else None
    if not isinstance(parsed, Document):
        return {}
    return {heading: text for heading, (_, text) in sections_of(parsed.body).items()}


def _said(case: Case) -> dict[str, Any]:
    """What the record itself says."""
    record = case.record
    if record is None:
        nothing = ("summary", "reason", "risk", "environment", "requester", "owner", "requested", "expires")
        ends = ("remediation", "escalation", "revoked", "closed", "renews")
        lists = ("scope", "controls", "voids", "incidents")
        return {**dict.fromkeys((*nothing, *ends)), **dict.fromkeys(lists, ())}
    return {
        "summary": record.summary,
        "reason": record.reason,
        "risk": record.risk,
        "environment": record.environment,
        "requester": record.requester,
        "owner": record.owner,
        "requested": record.requested,
        "expires": record.expires,
        "scope": record.scope,
        "controls": record.controls,
        "remediation": record.remediation,
        "voids": record.voids,
        "incidents": record.incidents,
        "escalation": record.escalation or None,
        "revoked": record.revoked or None,
        "closed": record.closed or None,
        "renews": record.renews or None,
    }


def _signed(decision: Decision, submitters: frozenset[str]) -> Signed:
    ended = f"ended on {decision.ended:%Y-%m-%d}, when the terms changed" if decision.ended else ""
    return Signed(
        commit=decision.commit,
        at=decision.at,
        verdict=decision.verdict,
        person=decision.person,
        role=decision.role,
        trust=decision.trust,
        note=decision.note,
        counts=decision.stands,
        why_not=decision.refused or ended,
        separate=decision.person not in submitters,
    )


def _weakest(decisions: tuple[Decision, ...]) -> Trust | None:
    found: set[Trust] = {d.trust for d in decisions if d.stands and d.verdict == "approve"}
    if not found:
        return None
    return "claimed" if "claimed" in found else "signed"
