"""What requests to the API hold: the words of records and of the command line, typed."""

from __future__ import annotations

import datetime as dt
import re
from typing import Annotated, Any, Literal

from ninja import Schema
from pydantic import AfterValidator, BeforeValidator, ConfigDict, Field, StringConstraints

from reprieve.record.model import CloseReason, ControlKind, EscalationCase, Reason, Void
from reprieve.register.writing.request import Draft
from reprieve.words import CheckType, Environment, Risk

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


def _without_control(text: str) -> str:
    if _CONTROL.search(text):
        raise ValueError("control characters are not allowed")
    return text


def _written(value: object) -> object:
    """A day as it is written in JSON: pydantic would take a number for seconds since 1970."""
    if value is not None and not (isinstance(value, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", value)):
        raise ValueError("expected a date such as 2026-11-05")
    return value


Line = Annotated[
    str, StringConstraints(min_length=1, max_length=500, pattern=r"\S"), AfterValidator(_without_control)
]
"""One line of text, not blank."""
Text = Annotated[
    str, StringConstraints(min_length=1, max_length=20_000, pattern=r"\S"), AfterValidator(_without_control)
]
"""Prose in Markdown, not blank."""
Day = Annotated[dt.date, BeforeValidator(_written, json_schema_input_type=dt.date)]
Patterns = Annotated[list[Line], Field(min_length=1, max_length=1000)]
Terms = Annotated[str, StringConstraints(pattern=r"^sha256:[0-9a-f]{12,64}$")]


class Body(Schema):
    """Unknown keys are errors, as in records."""

    model_config = ConfigDict(extra="forbid")


class ScopeBody(Body):
    """One way for a finding to be in scope: every key given must match, by any of its values."""

    type: CheckType | None = None
    checks: Patterns | None = None
    clusters: Patterns | None = None
    namespaces: Patterns | None = None
    resources: Patterns | None = None
    paths: Patterns | None = None
    images: Patterns | None = None
    repositories: Patterns | None = None
    packages: Patterns | None = None
    fingerprints: Patterns | None = None


class ControlBody(Body):
    """A compensating control."""

    id: Line
    kind: ControlKind
    description: Line
    implemented: Day | None = None
    evidence: Line | None = None


class EscalationBody(Body):
    """Why the ordinary process does not do."""

    case: EscalationCase
    reason: Line


class DraftBody(Body):
    """What is asked for. The requester is who calls; what is left out gets the charter's longest."""

    summary: Annotated[str, StringConstraints(min_length=1, max_length=200), AfterValidator(_without_control)]
    reason: Reason
    risk: Risk
    environment: Environment = "production"
    owner: Line
    scope: Annotated[list[ScopeBody], Field(min_length=1, max_length=100)]
    controls: Annotated[list[ControlBody], Field(max_length=100, default_factory=list)]
    expires: Day | None = None
    """The last day; the longest that the charter allows when it is left out."""
    target: Day | None = None
    """When it should be fixed; the last day when it is left out."""
    tickets: Annotated[list[Line], Field(max_length=100, default_factory=list)]
    voids: Annotated[list[Void], Field(max_length=2, default_factory=list)]
    escalation: EscalationBody | None = None
    justification: Text | None = None
    risk_assessment: Text | None = None
    compensating_controls: Text | None = None
    remediation_plan: Text | None = None

    def draft(self) -> Draft:
        """As the process takes it."""
        sections = {heading: getattr(self, name) for name, heading in _SECTIONS.items()}
        return Draft(
            summary=self.summary,
            reason=self.reason,
            risk=self.risk,
            environment=self.environment,
            owner=self.owner,
            scope=[entry.model_dump(exclude_none=True) for entry in self.scope],
            controls=[control.model_dump(exclude_none=True) for control in self.controls],
            expires=self.expires,
            target=self.target,
            tickets=self.tickets,
            voids=[str(void) for void in self.voids],
            escalation=self.escalation.model_dump() if self.escalation else None,
            sections={heading: text for heading, text in sections.items() if text},
        )


_SECTIONS = {
    "justification": "Justification",
    "risk_assessment": "Risk assessment",
    "compensating_controls": "Compensating controls",
    "remediation_plan": "Remediation plan",
}


class ReachBody(Body):
    """A scope that is still being written."""

    scope: Annotated[list[ScopeBody], Field(min_length=1, max_length=100)]
    risk: Risk = "critical"
    environment: Environment = "production"
    voids: Annotated[list[Void], Field(max_length=2, default_factory=list)]

    def entries(self) -> list[dict[str, Any]]:
        """As a record's front matter has it."""
        return [entry.model_dump(exclude_none=True) for entry in self.scope]


class DecisionBody(Body):
    """What one person, in one role, says of terms that they have read."""

    verdict: Literal["approve", "deny", "ask"]
    terms: Terms
    """The digest of the terms that were read, or 12 digits of it and more."""
    role: Line | None = None
    """Needed by who holds several of those that decide."""
    text: Text | None = None
    """The reason of a denial, the question of an ask: needed with these."""
    count: bool | None = None
    """With an approval: whether it says how many of the known findings it silences; if any, when left out."""


class AnswerBody(Body):
    """An answer to the open question."""

    text: Text


class ControlDoneBody(Body):
    """That a control is in place."""

    control: Line
    """Its id."""
    implemented: Day | None = None
    """Since when; today when it is left out."""
    evidence: Line | None = None


class ProgressBody(Body):
    """How the remediation goes."""

    note: Line
    date: Day | None = None


class IncidentBody(Body):
    """An incident that touched what the exception covers."""

    summary: Line
    url: Line | None = None
    date: Day | None = None


class RenewalBody(Body):
    """The same again, under a new id."""

    why: Text
    """Why the original timeline was not met."""
    plan: Text
    """The remediation plan, brought up to date."""
    expires: Day | None = None
    target: Day | None = None
    escalation: EscalationBody | None = None


class RevocationBody(Body):
    """The end, before its time."""

    reason: Line


class ClosureBody(Body):
    """The end, as it is no longer needed."""

    reason: CloseReason
    evidence: Line | None = None
    """What shows that the fix is in place: needed with `remediated`."""
