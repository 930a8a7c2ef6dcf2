"""The life cycle: one pure function from a record, its decisions, the charter and a moment to a status.

No I/O, no clock of its own. The rules, in the order in which they are tried:

1. A final event on the protected branch is final: `revoked`, or `closed`.
2. An invalid record is `invalid`, whoever approved it; so is one with a date in the future.
3. A denial that stands denies: `denied`.
4. On its branch only: `requested` while nobody has decided, then `in-review`.
5. Merged without all approvals: `void` when its terms changed after an approval, else as in 4.
6. Past the end of its last day: `expired`.
7. Promised controls missing: `approved`. Else `active`, and `expiring` in its last 14 days.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Literal

import msgspec

from reprieve.record.charter import Charter
from reprieve.record.model import Record

Status = Literal[
    "requested",
    "in-review",
    "approved",
    "active",
    "expired",
    "denied",
    "revoked",
    "closed",
    "void",
    "invalid",
]
Verdict = Literal["approve", "deny", "ask"]
Trust = Literal["signed", "claimed", "merged"]
Disposition = Literal["open", "excepted", "expired", "pending"]

EXPIRING_DAYS = 14

DISPOSITION: dict[Status, Disposition] = {
    "requested": "pending",
    "in-review": "pending",
    "approved": "pending",
    "active": "excepted",
    "expired": "expired",
    "denied": "open",
    "revoked": "open",
    "closed": "open",
    "void": "open",
    "invalid": "open",
}
"""What a finding is that only a record of this status covers. Nothing but `active` suppresses."""


class Decision(msgspec.Struct, frozen=True):
    """An approval, a denial or a question about one record's terms, by one person in one role."""

    commit: str
    verdict: Verdict
    person: str
    role: str
    at: dt.datetime
    terms: str
    trust: Trust = "claimed"
    note: str = ""
    """The reason of a denial, the question of an ask."""
    refused: str | None = None
    """Why it does not count at all."""
    ended: dt.datetime | None = None
    """When a change of the terms ended it, for good."""
    covers: int | None = None
    """How many findings the record silences, as this person counted them in reports; None when not said."""

    @property
    def stands(self) -> bool:
        """Whether it counts now."""
        return self.refused is None and self.ended is None


class Final(msgspec.Struct, frozen=True):
    """The event on the protected branch after which nothing revives an id."""

    status: Literal["revoked", "closed"]
    at: dt.datetime
    commit: str
    by: str
    reason: str


class Count(msgspec.Struct, frozen=True):
    """How many findings a record silences, as somebody counted them in reports."""

    findings: int
    by: str
    """E-mail address."""


class Facts(msgspec.Struct, frozen=True):
    """What the history says about one record, independent of the moment asked about."""

    merged: bool
    added: dt.datetime
    """When the record was first committed, anywhere."""
    asked: dt.datetime
    """When the present terms were set: the review clock starts here."""
    entered: dt.datetime | None = None
    """When the present terms first entered the protected branch."""
    submitters: tuple[str, ...] = ()
    """Requester, and every author or signer of a commit that set these terms."""
    unsigned: str | None = None
    """Where signatures are required: the commit that set the present terms without one of its author's."""
    asked_for: Count | None = None
    """What whoever set the present terms counted: a claim, which decides nothing."""
    decisions: tuple[Decision, ...] = ()
    answers: tuple[dt.datetime, ...] = ()
    final: Final | None = None


class Standing(msgspec.Struct, frozen=True):
    """Where a record stands at a moment, and what it waits for."""

    status: Status
    expiring: bool = False
    missing: tuple[str, ...] = ()
    """Roles that still have to approve."""
    due: dt.datetime | None = None
    """When the review should be over; None when a question is open or nothing is under review."""
    overdue: bool = False
    paused: bool = False
    reason: str = ""
    """In words, where the status alone would puzzle."""


def standing(
    record: Record | None, facts: Facts, charter: Charter, now: dt.datetime, problems: Sequence[str] = ()
) -> Standing:
    """Status of a record at `now` (aware), by the rules in this module's docstring.

    `problems` are what makes it invalid; a record of None could not be read at all.
    """
    if facts.final is not None:
        return Standing(facts.final.status, reason=facts.final.reason)
    problems = [*problems, *(_future_dates(record, now.date()) if record else ())]
    if record is None or problems:
        return Standing("invalid", reason="; ".join(problems))
    latest = _latest(facts.decisions)
    denial = next((decision for decision in latest if decision.verdict == "deny"), None)
    if denial is not None:
        return Standing("denied", reason=f"{denial.person} ({denial.role}): {denial.note}".rstrip(": "))
    missing = missing_roles(record, facts, charter)
    if facts.merged and not missing:
        return _in_force(record, now)
    if facts.merged and any(d.ended for d in facts.decisions if d.refused is None and d.verdict == "approve"):
        again = unsigned_terms(facts, charter) or "approve them again"
        return Standing("void", missing=missing, reason=f"its terms changed since approval; {again}")
    return _in_review(record, facts, charter, now, latest, missing)


def missing_roles(record: Record, facts: Facts, charter: Charter) -> tuple[str, ...]:
    """The roles whose approval is still missing; one person fills one role only.

    Where the charter limits breadth, the roles of the risk suffice only when each of their approvals says
    how many findings the record silences, and nobody who approved ever counted more than the limit. An
    approval that does not say so counts as one of a broad record: together with the higher ones.
    """
    if charter.approvals == "merged":
        return ()
    escalated = bool(record.escalation)
    required = charter.required_roles(record.risk, escalated=escalated)
    approvals = [d for d in _latest(facts.decisions) if d.verdict == "approve"]
    if charter.limits.breadth is None:
        return unfilled(required, _people(approvals))
    higher = charter.higher_roles(record.risk, escalated=escalated)
    broad = unfilled((*required, *higher), _people(approvals))
    counted = counted_at_approval(facts)
    if not broad or (counted is not None and counted.findings > charter.limits.breadth):
        return broad
    return unfilled(required, _people([d for d in approvals if d.covers is not None]))


def counted_at_approval(facts: Facts) -> Count | None:
    """The highest number of findings that those who approved the present terms counted, each the last time.

    Also of those who asked or denied since: that does not make the record any narrower.
    """
    approved = _latest([d for d in facts.decisions if d.verdict == "approve"])
    counts = [Count(d.covers, d.person) for d in approved if d.covers is not None]
    return max(counts, key=lambda count: count.findings, default=None)


def breadth_objection(record: Record, facts: Facts, charter: Charter) -> str:
    """Why approvals that are in do not suffice, where that is for breadth; else empty."""
    limit, escalated = charter.limits.breadth, bool(record.escalation)
    approvals = [d for d in _latest(facts.decisions) if d.verdict == "approve"]
    higher = " and ".join(charter.higher_roles(record.risk, escalated=escalated))
    if limit is None or not approvals or not higher:
        return ""
    counted = counted_at_approval(facts)
    if counted is not None and counted.findings > limit:
        return f"it covers {counted.findings:,} findings, and above {limit:,} {higher} must approve as well"
    silent = [d.person for d in approvals if d.covers is None]
    if not silent:
        return ""
    return (
        f"{silent[0]} approved without counting what it covers, as is needed up to {limit:,} findings:"
        f" approve it with --report, or {higher} must as well"
    )


def _people(approvals: Iterable[Decision]) -> list[tuple[str, str]]:
    return [(decision.role, decision.person) for decision in approvals]


def approved_at(record: Record, facts: Facts, charter: Charter) -> dt.datetime | None:
    """When the last approval came that the present terms needed; None while one is missing, or none is."""
    if charter.approvals == "merged":
        return None
    decisions = sorted((d for d in facts.decisions if d.stands), key=lambda decision: decision.at)
    for count in range(1, len(decisions) + 1):
        so_far = msgspec.structs.replace(facts, decisions=tuple(decisions[:count]))
        if not missing_roles(record, so_far, charter):
            return decisions[count - 1].at
    return None


def unsigned_terms(facts: Facts, charter: Charter) -> str:
    """Why no approval of the present terms counts, and what to do; empty when one can.

    Who set the terms may not approve them. Where an unsigned commit set them, that could be anybody.
    """
    if facts.unsigned is None or charter.approvals == "merged":
        return ""
    return (
        f"its terms were set by an unsigned commit ({facts.unsigned[:10]}): who asks changes them"
        " in a commit signed with a key that allowed_signers lists for its author"
    )


def review_due(
    record: Record, facts: Facts, charter: Charter, asked: dt.datetime | None = None
) -> dt.datetime | None:
    """When the review of the present terms should be over; None while a question is open."""
    from reprieve.record import clock

    return clock.due(charter.calendar, asked or facts.asked, charter.review[record.risk], pauses_of(facts))


def pauses_of(facts: Facts) -> list[tuple[dt.datetime, dt.datetime | None]]:
    """From each question to the next answer: an answer, a change of terms, or that person's decision."""
    pauses: list[tuple[dt.datetime, dt.datetime | None]] = []
    for asked in (d for d in facts.decisions if d.verdict == "ask" and d.refused is None):
        later = [answer for answer in facts.answers if answer >= asked.at]
        later += [asked.ended] if asked.ended else []
        later += [
            d.at
            for d in facts.decisions
            if d.person == asked.person and d.verdict != "ask" and d.at >= asked.at
        ]
        pauses.append((asked.at, min(later, default=None)))
    return pauses


def _future_dates(record: Record, today: dt.date) -> list[str]:
    """A `requested` or `implemented` in the future is a claim nobody can have checked."""
    problems = []
    if record.requested > today:
        problems.append(f"`requested` is in the future ({record.requested})")
    for control in record.controls:
        if control.implemented and control.implemented > today:
            problems.append(f"control {control.id}: `implemented` is in the future ({control.implemented})")
    return problems


def _in_force(record: Record, now: dt.datetime) -> Standing:
    if now >= record.last_moment():
        return Standing("expired", reason=f"expired on {record.expires}")
    waiting = [control.id for control in record.controls if not control.implemented]
    if waiting:
        return Standing("approved", reason="controls not implemented: " + ", ".join(waiting))
    expiring = record.last_moment() - now <= dt.timedelta(days=EXPIRING_DAYS)
    return Standing("active", expiring=expiring)


def _in_review(
    record: Record,
    facts: Facts,
    charter: Charter,
    now: dt.datetime,
    latest: list[Decision],
    missing: tuple[str, ...],
) -> Standing:
    deadline = review_due(record, facts, charter)
    if unsigned := unsigned_terms(facts, charter):
        reason = unsigned
    elif missing and (objection := breadth_objection(record, facts, charter)):
        reason = objection
    elif facts.merged:
        reason = (
            "merged without its decisions (squash merge?): approve it again, or merge with a merge commit"
        )
    elif not missing:
        reason = "all approvals are in; waiting to be merged"
    else:
        reason = ""
    return Standing(
        "in-review" if latest else "requested",
        missing=missing,
        due=deadline,
        overdue=deadline is not None and now > deadline and bool(missing),
        paused=deadline is None,
        reason=reason,
    )


def _latest(decisions: Iterable[Decision]) -> list[Decision]:
    """Those that stand, the latest per person and role."""
    by_person_and_role: dict[tuple[str, str], Decision] = {}
    for decision in decisions:
        if decision.stands:
            by_person_and_role[decision.person, decision.role] = decision
    return list(by_person_and_role.values())


def unfilled(required: Sequence[str], approvals: list[tuple[str, str]]) -> tuple[str, ...]:
    """What is left of `required` when as many roles as possible are filled by different people.

    A bipartite matching by augmenting paths (Kuhn); three or four roles at the most.
    """
    filled: dict[str, int] = {}  # person -> index of the role they fill

    def fill(index: int, tried: set[str]) -> bool:
        for role, person in approvals:
            if role != required[index] or person in tried:
                continue
            tried.add(person)
            if person not in filled or fill(filled[person], tried):
                filled[person] = index
                return True
        return False

    return tuple(role for index, role in enumerate(required) if not fill(index, set()))
