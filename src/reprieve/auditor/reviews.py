"""Each round of review: one set of terms, who asked, who decided, how long it took by the charter's clock."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Literal

import msgspec

from reprieve.record import clock
from reprieve.record.charter import Charter
from reprieve.record.lifecycle import Decision, Facts, Trust, approved_at, pauses_of, review_due
from reprieve.register.eras import Era, Eras
from reprieve.register.snapshot import Case
from reprieve.words import Risk

Outcome = Literal["approved", "denied", "merged", "open", "dropped"]


class Approval(msgspec.Struct, frozen=True):
    """Somebody who decided, in which role, and on what their name rests."""

    person: str
    role: str
    trust: Trust
    at: dt.datetime
    commit: str


class Review(msgspec.Struct, frozen=True):
    """One round of review of one record."""

    id: str
    risk: Risk
    terms: str
    """Digest of the terms that were under review."""
    requester: str
    submitters: tuple[str, ...]
    """Requester, and every author or signer of a commit that set these terms."""
    asked: dt.datetime
    limit: str
    """As the charter says it: `4h`, `1bd`."""
    limit_hours: float
    """The same in working hours."""
    due: dt.datetime | None
    """None while a question is open."""
    outcome: Outcome
    """`merged` where the charter takes what is merged as approved; `dropped` when the terms changed, or the
    record ended, before anybody had decided."""
    over: dt.datetime | None
    """When it was decided or dropped; None while it is open."""
    taken_hours: float
    """Working hours that it took, or has taken so far, without the time in which a question was open."""
    late: bool
    """Whether that is more than the limit; of a dropped review never."""
    approvers: tuple[Approval, ...]
    denier: Approval | None
    separate: bool | None
    """Whether everybody who decided is another than whoever asked, and no two roles were filled by one
    person; None where nobody decided."""

    @property
    def share(self) -> float:
        """Of the limit that it took; 1.0 is all of it."""
        return self.taken_hours / self.limit_hours if self.limit_hours else 0.0


def reviews(eras: Eras, now: dt.datetime) -> list[Review]:
    """Every round of review of every record up to a moment, by when it was asked for."""
    found = [review for own in eras.until(now).of.values() for review in _of_record(own, eras, now)]
    return sorted(found, key=lambda review: (review.asked, review.id))


def _of_record(own: Sequence[Era], eras: Eras, now: dt.datetime) -> Iterator[Review]:
    rounds = list(_rounds(own))
    for number, (case, _) in enumerate(rounds):
        until = rounds[number + 1][1] if number + 1 < len(rounds) else None
        review = _review(case, eras.rulings[case.charter].charter, until, now)
        if review:
            yield review


def _rounds(own: Sequence[Era]) -> Iterator[tuple[Case, dt.datetime]]:
    """For each run of eras with the same terms the last case, and when the run began."""
    last: Case | None = None
    began = own[0].since
    for era in own:
        if era.case is None or era.case.digest is None:
            continue
        if last is not None and era.case.digest != last.digest:
            yield last, began
            last, began = None, era.since
        last = era.case
    if last is not None:
        yield last, began


def _review(case: Case, charter: Charter, until: dt.datetime | None, now: dt.datetime) -> Review | None:
    record, facts = case.record, case.facts
    if record is None or case.digest is None:
        return None
    outcome, over = _outcome(case, charter, until)
    deciders = _deciders(facts, over, outcome)
    pauses = [pause for pause in pauses_of(facts) if over is None or pause[0] < over]
    taken = clock.taken(charter.calendar, facts.asked, over or now, pauses)
    limit = charter.review[record.risk]
    most = clock.allowed(charter.calendar, limit)
    return Review(
        id=case.id,
        risk=record.risk,
        terms=case.digest,
        requester=record.requester.lower(),
        submitters=facts.submitters,
        asked=facts.asked,
        limit=limit,
        limit_hours=_hours(most),
        due=review_due(record, facts, charter),
        outcome=outcome,
        over=over,
        taken_hours=_hours(taken),
        late=taken > most and outcome not in {"dropped", "merged"},
        approvers=tuple(_approval(d) for d in deciders if d.verdict == "approve"),
        denier=next((_approval(d) for d in deciders if d.verdict == "deny"), None),
        separate=_separate(deciders, facts),
    )


def _outcome(case: Case, charter: Charter, until: dt.datetime | None) -> tuple[Outcome, dt.datetime | None]:
    assert case.record is not None  # noqa: S101  (checked by the caller)
    denial = min((d.at for d in case.facts.decisions if d.stands and d.verdict == "deny"), default=None)
    if denial is not None:
        return "denied", denial
    approved = approved_at(case.record, case.facts, charter)
    if approved is not None:
        return "approved", approved
    if charter.approvals == "merged" and case.facts.entered is not None:
        return "merged", case.facts.entered
    ended = case.facts.final.at if case.facts.final else None
    over = min((moment for moment in (until, ended) if moment), default=None)
    return ("dropped", over) if over else ("open", None)


def _deciders(facts: Facts, over: dt.datetime | None, outcome: Outcome) -> list[Decision]:
    """Who decided, each once: the denial, or the approvals up to the last that was needed."""
    wanted = {"denied": "deny", "approved": "approve"}.get(outcome)
    found = [d for d in facts.decisions if d.stands and d.verdict == wanted and over and d.at <= over]
    return list({(d.person, d.role): d for d in found}.values())


def _separate(deciders: Sequence[Decision], facts: Facts) -> bool | None:
    if not deciders:
        return None
    people = [decision.person for decision in deciders]
    return len(set(people)) == len(people) and not set(people) & set(facts.submitters)


def _approval(decision: Decision) -> Approval:
    return Approval(decision.person, decision.role, decision.trust, decision.at, decision.commit)


def _hours(time: dt.timedelta) -> float:
    return round(time / dt.timedelta(hours=1), 2)
