"""What the formats for people say in the same words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from reprieve.auditor.entries import Entry, Signed
from reprieve.auditor.population import Balance, Population
from reprieve.auditor.report import Report
from reprieve.auditor.reviews import Review
from reprieve.record.model import SCOPE_KEYS, Control, ScopeEntry
from reprieve.record.scope import values_of
from reprieve.report.text import amount

Fact = tuple[str, str]
"""What it is called, and what it is: text, not marked up or escaped yet."""


def minute(moment: dt.datetime | None) -> str:
    """`2026-11-23 17:00 UTC`; empty for none."""
    return f"{moment.astimezone(dt.UTC):%Y-%m-%d %H:%M} UTC" if moment else ""


def day(moment: dt.datetime | None) -> str:
    """`2026-11-23`; empty for none."""
    return f"{moment.astimezone(dt.UTC):%Y-%m-%d}" if moment else ""


def scope_words(part: ScopeEntry) -> str:
    """`misconfiguration; checks KSV012, KSV001; namespaces billing`."""
    keys = [f"{key} {', '.join(values)}" for key in SCOPE_KEYS if (values := values_of(part, key))]
    return "; ".join([part.type or "any type", *keys])


def control_words(control: Control) -> str:
    """`network-policy (preventive): Only the gateway may reach it. Implemented on 2026-11-05`."""
    done = f"Implemented on {control.implemented}" if control.implemented else "NOT IMPLEMENTED"
    return f"{control.id} ({control.kind}): {control.description} {done}"


def decision_words(decision: Signed) -> str:
    """`2026-11-05 10:00 UTC: approve by carol@example.com as ciso (signed)`, and whether it counts."""
    said = f"{minute(decision.at)}: {decision.verdict} by {decision.person} as {decision.role or 'nobody'}"
    note = f": {decision.note}" if decision.note else ""
    lost = "" if decision.counts else f" [does not count: {decision.why_not}]"
    return f"{said} ({decision.trust}), commit {decision.commit[:10]}{note}{lost}"


def days_words(entry: Entry) -> str:
    """`in 12 days`, `today`, `3 days ago`; empty for what has ended otherwise."""
    days = entry.days_left
    if days is None:
        return ""
    if days < 0:
        return f"{amount(-days, 'day')} ago"
    return f"in {amount(days, 'day')}" if days else "today"


def status_words(entry: Entry) -> str:
    """`active (expiring)`."""
    return f"{entry.status} (expiring)" if entry.expiring else entry.status


def separation_words(review: Review) -> str:
    """Whether requester and approvers are different people: `yes`, `NO`, or nothing to say yet."""
    return {True: "yes", False: "NO", None: ""}[review.separate]


def review_words(review: Review) -> str:
    """`approved in 3.5 of 8 working hours (1bd)`, `open for 20 of 8 working hours (1bd): LATE`."""
    time = f"{review.taken_hours:g} of {review.limit_hours:g} working hours ({review.limit})"
    spent = f"open for {time}" if review.outcome == "open" else f"{review.outcome} in {time}"
    return f"{spent}: LATE" if review.late else spent


def provenance_facts(report: Report) -> Iterator[Fact]:
    """What the report rests on."""
    source = report.provenance
    history = f"{amount(source.commits, 'commit')}, {amount(source.merges, 'change')} of the protected branch"
    yield "Protected branch", source.ref
    yield "Register, at this commit", f"{source.commit} of {minute(source.committed)}"
    yield "Read up to", source.tip
    yield "History judged", history
    yield "Branches with requests", f"{source.branches:,}, {source.branches_digest}"
    yield "Records", f"{source.records:,}, in {amount(source.files, 'file')} of the register"
    yield "Invalid records", f"{source.invalid:,}"
    yield "Problems", f"{len(source.problems):,}"
    yield (
        "Charter in force",
        f"{source.charter.digest}, since {day(source.charter.since)}: {source.charter.why}",
    )
    yield "Charters until then", f"{len(source.charters):,}"
    yield "Approvals in force are", TRUST[source.trust]
    yield "Written by", f"reprieve {source.reprieve}"


TRUST = {
    "signed": "signed: every one verified by an SSH key that the register lists",
    "claimed": "claimed: at least one rests on the author's name in a commit alone",
    "merged": "merged: the charter takes what the protected branch holds as approved",
}


def balance_words(balance: Balance) -> str:
    """`2 at the start + 14 became active - 3 closed - 1 expired = 12 at the end`."""
    left = "".join(f" - {number:,} {status}" for status, number in balance.left.items())
    came = f"{balance.at_start:,} at the start + {balance.became:,} became active"
    return f"{came}{left} = {balance.at_end:,} at the end"


def completeness_words(found: Population) -> str:
    """How every id is accounted for."""
    parts = [
        f"{len(found.members):,} in the population",
        f"{len(found.others):,} over before the period",
        f"{len(found.later):,} later",
        f"{amount(len(found.gaps), 'number')} unknown to history",
    ]
    return "; ".join(parts)


def count_facts(found: Population) -> Iterator[tuple[str, int]]:
    """The counts of the period, by name."""
    counts, timing = found.counts, found.timing
    yield "Requested", counts.requested
    yield "Approved", counts.approved
    yield "Denied", counts.denied
    yield "Became active", counts.activated
    yield "Active at some time", found.balance.ever
    yield "Renewed", counts.renewed
    yield "Expired", counts.expired
    yield "Revoked", counts.revoked
    yield "Closed", counts.closed
    yield "Reviews decided", timing.decided
    yield "Of those within the limit", timing.on_time
    yield "Of those late", timing.late
    yield "Reviews open at the end", timing.open
    yield "Of those beyond the limit", timing.open_late
    yield "Decided by who asked", timing.not_separate
