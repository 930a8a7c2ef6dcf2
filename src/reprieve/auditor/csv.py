"""The report as one table for a spreadsheet: a row for each record, with its place in the population."""

from __future__ import annotations

import io
from typing import Any

from reprieve.auditor.population import Member
from reprieve.auditor.report import Report
from reprieve.auditor.reviews import Review
from reprieve.auditor.words import control_words, scope_words
from reprieve.report.csv import write

_PLAIN = (
    *("id", "status", "expiring", "why", "summary", "reason", "risk", "environment", "requester", "owner"),
    *("requested", "expires", "days_left", "renews", "renewals", "submitters", "missing", "trust", "added"),
    *("asked", "due", "decided", "entered", "ended", "terms", "charter", "path", "branch"),
)
_OF_MEMBER = (
    *("at_start", "at_end", "approved", "denied", "active_since", "active_days", "expired", "revoked"),
    *("closed", "renewed_by", "happened"),
)
_OF_REVIEW = ("outcome", "limit", "limit_hours", "taken_hours", "late", "separate")

HEADS = (
    *_PLAIN,
    *("approved_by", "scope", "controls", "evidence", "in_population"),
    *(f"period_{name}" for name in _OF_MEMBER),
    *(f"review_{name}" for name in _OF_REVIEW),
    *("commit", "as_of", "period"),
)
"""The columns."""


def csv(report: Report) -> str:
    """The table: every record at the date; `review_…` are those of its last review."""
    members = {member.id: member for member in report.population.members}
    reviews = {review.id: review for review in report.population.reviews}
    out = io.StringIO()
    where = (report.provenance.commit, report.now, str(report.period))
    rows = (
        [
            *(getattr(entry, name) for name in _PLAIN),
            "; ".join(f"{d.person} ({d.role})" for d in entry.approvals),
            " | ".join(map(scope_words, entry.scope)),
            " | ".join(map(control_words, entry.controls)),
            [control.evidence for control in entry.controls if control.evidence],
            *_period(members.get(entry.id)),
            *_review(reviews.get(entry.id)),
            *where,
        ]
        for entry in report.register
    )
    write(out, HEADS, rows)
    return out.getvalue()


def _period(member: Member | None) -> list[Any]:
    if member is None:
        return [False, *(None for _ in _OF_MEMBER)]
    return [True, *(getattr(member, name) for name in _OF_MEMBER)]


def _review(review: Review | None) -> list[Any]:
    return [getattr(review, name) if review else None for name in _OF_REVIEW]
