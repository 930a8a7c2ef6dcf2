"""`/api/v1/exceptions/{id}/…`: what people do to an exception, each one commit in the caller's name."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from ninja import Router

from reprieve.console import actions
from reprieve.console.actions import Done
from reprieve.console.api import bodies
from reprieve.console.api.bodies import Line
from reprieve.console.api.callers import caller, needs
from reprieve.console.api.documents import document, gives
from reprieve.console.api.exceptions import number_in
from reprieve.console.config import config
from reprieve.console.opened import opened
from reprieve.console.reach import count, reach
from reprieve.record.model import format_id
from reprieve.register.writing.clerk import find

router = Router(tags=["steps"])


@router.post("/{identifier}/decisions", auth=needs("decide"))
@gives(Done, 201, "Decided; the last approval that is needed merges.")
def decide(request: HttpRequest, identifier: Line, body: bodies.DecisionBody) -> HttpResponse:
    """Approves, denies or asks, in a role that decides, by somebody who did not ask for it."""
    done = actions.decide(
        caller(request),
        _id(identifier),
        body.verdict,
        terms=body.terms,
        role=body.role,
        prose=body.text or "",
        covers=count if body.verdict == "approve" and _counts(identifier, body.count) else None,
    )
    return document(done, 201)


@router.post("/{identifier}/answers", auth=needs("request"))
@gives(Done, 201, "Answered.")
def answer(request: HttpRequest, identifier: Line, body: bodies.AnswerBody) -> HttpResponse:
    """Answers the open question: the review clock goes on."""
    return document(actions.answer(caller(request), _id(identifier), body.text), 201)


@router.post("/{identifier}/merge", auth=needs("decide"))
@gives(Done, 201, "Merged.")
def merge(request: HttpRequest, identifier: Line) -> HttpResponse:
    """Merges what has all its approvals."""
    return document(actions.merge(caller(request), _id(identifier)), 201)


@router.post("/{identifier}/controls", auth=needs("maintain"))
@gives(Done, 201, "Noted.")
def implement(request: HttpRequest, identifier: Line, body: bodies.ControlDoneBody) -> HttpResponse:
    """Says that a compensating control is in place."""
    done = actions.implement(
        caller(request), _id(identifier), body.control, on=body.implemented, evidence=body.evidence
    )
    return document(done, 201)


@router.post("/{identifier}/progress", auth=needs("maintain"))
@gives(Done, 201, "Noted.")
def note_progress(request: HttpRequest, identifier: Line, body: bodies.ProgressBody) -> HttpResponse:
    """Notes how the remediation goes."""
    return document(actions.progress(caller(request), _id(identifier), body.note, on=body.date), 201)


@router.post("/{identifier}/incidents", auth=needs("maintain"))
@gives(Done, 201, "Linked.")
def link_incident(request: HttpRequest, identifier: Line, body: bodies.IncidentBody) -> HttpResponse:
    """Links an incident that touched what the exception covers."""
    done = actions.incident(caller(request), _id(identifier), body.summary, url=body.url, on=body.date)
    return document(done, 201)


@router.post("/{identifier}/renewals", auth=needs("request"))
@gives(Done, 201, "Asked for, under the id that it says.")
def renew(request: HttpRequest, identifier: Line, body: bodies.RenewalBody) -> HttpResponse:
    """Asks for the same again."""
    done = actions.renew(
        caller(request),
        _id(identifier),
        why=body.why,
        plan=body.plan,
        expires=body.expires,
        target=body.target,
        escalation=body.escalation.model_dump() if body.escalation else None,
    )
    return document(done, 201)


@router.post("/{identifier}/escalation", auth=needs("request"))
@gives(Done, 201, "Escalated; former decisions end with that.")
def escalate(request: HttpRequest, identifier: Line, body: bodies.EscalationBody) -> HttpResponse:
    """Puts an escalation into the terms, for the `ciso` to decide."""
    return document(actions.escalate(caller(request), _id(identifier), body.case, body.reason), 201)


@router.post("/{identifier}/revocation", auth=needs("decide"))
@gives(Done, 201, "Revoked.")
def revoke(request: HttpRequest, identifier: Line, body: bodies.RevocationBody) -> HttpResponse:
    """Ends an exception before its time."""
    return document(actions.revoke(caller(request), _id(identifier), body.reason), 201)


@router.post("/{identifier}/closure", auth=needs("maintain"))
@gives(Done, 201, "Closed.")
def close(request: HttpRequest, identifier: Line, body: bodies.ClosureBody) -> HttpResponse:
    """Closes what is no longer needed, and moves its document to the archive."""
    done = actions.close(caller(request), _id(identifier), body.reason, evidence=body.evidence)
    return document(done, 201)


def _counts(identifier: str, asked: bool | None) -> bool:
    """Whether an approval says how many findings it covers: as asked, else where there are any."""
    if asked is not None:
        return asked
    case, _ = find(opened(), _id(identifier), config().present(), asked=True)
    return case.record is not None and reach(case.record).radius.findings > 0


def _id(identifier: str) -> str:
    """The id as records have it. Errors: `UnknownError`."""
    return format_id(number_in(identifier))
