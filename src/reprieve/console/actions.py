"""What people do on the console: each the same step that the command line takes, with the person as author.

The console commits it, and signs it with its own key when it has one. Rights are judged by the register as
it is fetched for the very commit, so that nobody decides in a role that has just been taken away. Afterwards
the index is brought up to date, so that whoever acts reads what they have written. Doing the same thing
again, as after an answer that was lost on its way, changes nothing.
"""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Callable
from typing import ParamSpec

import msgspec

from reprieve.console.desk import NO_ROLE, AlreadyDoneError, Desk, desk_for, may_request, may_review
from reprieve.console.index.sync import nudge
from reprieve.console.people.viewer import Viewer
from reprieve.errors import ReprieveError, UsageError
from reprieve.record.charter import Charter
from reprieve.record.lifecycle import Verdict
from reprieve.record.model import CloseReason, EscalationCase
from reprieve.register.snapshot import Case
from reprieve.register.writing import decide as deciding
from reprieve.register.writing import ending, renewal, upkeep
from reprieve.register.writing import merge as merging
from reprieve.register.writing.clerk import Step
from reprieve.register.writing.pull_request import pull_request_link
from reprieve.register.writing.request import Asked, Draft
from reprieve.register.writing.request import request as ask_for
from reprieve.register.writing.settling import refuse_uncounted, settle
from reprieve.register.writing.upkeep import ASKED
from reprieve.standing.recording import record


class Done(msgspec.Struct, frozen=True):
    """What came of an action."""

    id: str
    """Of the exception, the new one for a request or renewal; the week of a review."""
    said: tuple[str, ...]
    """What was done, in sentences without a full stop; the first is the headline."""
    commit: str | None = None
    """None where there was nothing left to write."""
    branch: str | None = None
    pull_request: str | None = None
    """Where to open one, when the commit waits for it: an address, else words."""


P = ParamSpec("P")


def _indexed(act: Callable[P, Done]) -> Callable[P, Done]:
    """Brings the index to the register afterwards, also when it was refused: what is shown then is why."""

    def acted(*args: P.args, **kwargs: P.kwargs) -> Done:
        try:
            return act(*args, **kwargs)
        finally:
            nudge()

    return functools.update_wrapper(acted, act)


@_indexed
def request(viewer: Viewer, draft: Draft) -> Done:
    """Asks for an exception in the viewer's name. Errors: `UsageError` with all that is wrong with it."""
    draft = msgspec.structs.replace(draft, requester=None)
    return _asked(ask_for(Desk(viewer, may_request), draft))


@_indexed
def renew(
    viewer: Viewer,
    identifier: str,
    *,
    why: str,
    plan: str,
    expires: dt.date | None = None,
    target: dt.date | None = None,
    escalation: dict[str, str] | None = None,
) -> Done:
    """Asks for the same again under a new id, as `register.writing.renewal.renew`."""
    desk = desk_for(viewer, "renew", identifier)
    return _asked(
        renewal.renew(
            desk, identifier, why=why, plan=plan, expires=expires, target=target, escalation=escalation
        )
    )


@_indexed
def decide(
    viewer: Viewer,
    identifier: str,
    verdict: Verdict,
    *,
    terms: str,
    role: str | None = None,
    prose: str = "",
    covers: Callable[[Case, Charter], int] | None = None,
) -> Done:
    """Approves, denies or asks; the last approval that is needed merges.

    Args:
        viewer: who decides.
        identifier: on what.
        verdict: which of the three.
        terms: the digest of the terms that were read, or 12 digits of it.
        role: in which role; needed by who holds several of those required.
        prose: the reason of a denial, the question of an ask; required with these.
        covers: with an approval, counts the findings that the record silences, by the charter in force.
    """
    if verdict != "approve" and not prose.strip():
        what = "a denial needs a reason" if verdict == "deny" else "nothing was asked"
        raise UsageError(what, hint="say what would have to change" if verdict == "deny" else None)
    desk = desk_for(viewer, verdict, identifier, lambda case: _decided(viewer, case, verdict, role, terms))
    try:
        step = deciding.decide(desk, identifier, verdict, role, prose, terms, covers)
    except AlreadyDoneError:
        return _after(viewer, identifier, "You had decided this already")
    refuse_uncounted(Desk(viewer, lambda _: None), step.written.commit)
    past = {"approve": "Approved", "deny": "Denied", "ask": "Asked about"}[verdict]
    if verdict != "approve":
        return _done(step, f"{past} {step.id}")
    return _after(viewer, identifier, f"{past} {step.id}", step)


@_indexed
def answer(viewer: Viewer, identifier: str, text: str) -> Done:
    """Answers an open question: the review clock goes on."""
    step = deciding.answer(desk_for(viewer, "answer", identifier), identifier, _said(text, "the answer"))
    return _done(step, f"Answered on {step.id}")


@_indexed
def merge(viewer: Viewer, identifier: str) -> Done:
    """Merges what has all its approvals."""
    step = merging.merge(desk_for(viewer, "merge", identifier), identifier)
    return _done(step, f"Merged {step.id}")


@_indexed
def implement(
    viewer: Viewer, identifier: str, control: str, *, on: dt.date | None = None, evidence: str | None = None
) -> Done:
    """Says that a compensating control is in place, since today or another day."""

    def known(case: Case) -> bool:
        same = [own for own in case.record.controls if own.id == control] if case.record else []
        return bool(same) and same[0].implemented == day and (same[0].evidence or None) == (evidence or None)

    desk = desk_for(viewer, "control", identifier, known)
    day = on or desk.now().date()
    return _taken(
        identifier,
        f"{control} is implemented since {day}",
        lambda: upkeep.control(desk, identifier, control, day, evidence or None),
    )


@_indexed
def progress(viewer: Viewer, identifier: str, note: str, *, on: dt.date | None = None) -> Done:
    """Notes how the remediation goes."""
    text = _said(note, "the note")

    def known(case: Case) -> bool:
        notes = case.record.remediation.progress if case.record else ()
        return any((own.date, own.note) == (day, text) for own in notes)

    desk = desk_for(viewer, "progress", identifier, known)
    day = on or desk.now().date()
    return _taken(identifier, "Progress is noted", lambda: upkeep.progress(desk, identifier, text, day))


@_indexed
def incident(
    viewer: Viewer, identifier: str, summary: str, *, url: str | None = None, on: dt.date | None = None
) -> Done:
    """Links an incident that touched what the exception covers."""
    text = _said(summary, "what happened")

    def known(case: Case) -> bool:
        linked = case.record.incidents if case.record else ()
        return any((own.date, own.summary, own.url or None) == (day, text, url or None) for own in linked)

    desk = desk_for(viewer, "incident", identifier, known)
    day = on or desk.now().date()
    return _taken(
        identifier,
        "The incident is linked",
        lambda: upkeep.incident(desk, identifier, text, url or None, day),
    )


@_indexed
def revoke(viewer: Viewer, identifier: str, reason: str) -> Done:
    """Ends an exception before its time."""
    desk = desk_for(viewer, "revoke", identifier)
    step = ending.revoke(desk, identifier, _said(reason, "why it ends now"))
    return _done(step, f"Revoked {step.id}")


@_indexed
def close(viewer: Viewer, identifier: str, reason: CloseReason, *, evidence: str | None = None) -> Done:
    """Closes what is no longer needed; `remediated` wants evidence that the fix is in place."""
    if reason == "remediated" and not evidence:
        raise UsageError("remediated needs proof that the fix is in place", hint="link what shows it")
    proof = f"closed; evidence: {evidence}" if evidence else ""
    step = ending.close(desk_for(viewer, "close", identifier), identifier, reason, lambda _: proof)
    return _done(step, f"Closed {step.id}: {reason}")


@_indexed
def escalate(viewer: Viewer, identifier: str, case: EscalationCase, reason: str) -> Done:
    """Puts an escalation into the terms: former decisions end with that, and the `ciso` decides as well."""
    text = _said(reason, "why the ordinary process does not do")

    def known(found: Case) -> bool:
        escalated = found.record.escalation if found.record else None
        return (escalated.case, escalated.reason) == (case, text) if escalated else False

    desk = desk_for(viewer, "escalate", identifier, known)
    return _taken(identifier, f"Escalated: {case}", lambda: renewal.escalate(desk, identifier, case, text))


@_indexed
def record_review(viewer: Viewer) -> Done:
    """Commits this week's review as it stands; nothing when it says all that already."""
    step = record(Desk(viewer, may_review(viewer)))
    if step is None:
        return Done("", ("This week's review is recorded already, and nothing has changed",))
    return _done(step, f"Recorded the review of {step.id}")


def _decided(viewer: Viewer, case: Case, verdict: Verdict, role: str | None, terms: str) -> bool:
    """Whether this very decision is the last that the person made in the role, and stands."""
    if verdict == "ask" or case.digest is None:
        return False
    made = [
        decision
        for decision in case.facts.decisions
        if decision.stands and decision.person == viewer.email and role in {None, decision.role}
    ]
    digits = terms.strip().lower().removeprefix("sha256:")
    same = len(digits) >= 12 and case.digest.removeprefix("sha256:").startswith(digits)
    return bool(made) and same and made[-1].verdict == verdict


def _taken(identifier: str, said: str, take: Callable[[], Step]) -> Done:
    try:
        return _done(take(), said)
    except AlreadyDoneError:
        return Done(identifier, (f"{said}; the register said so already",))


def _asked(asked: Asked) -> Done:
    if asked.existing:
        case, standing = asked.existing
        return Done(case.id, (f"{case.id} covers this already: it is {standing.status}",))
    assert asked.step is not None  # noqa: S101  (it is no dry run)
    return _done(asked.step, f"Requested {asked.id}")


def _after(viewer: Viewer, identifier: str, said: str, step: Step | None = None) -> Done:
    """After an approval: the merge, or what is still missing."""
    hold = step is not None and step.written.refused is not None
    lines, merged = [said], None
    try:
        settled = settle(desk_for(viewer, "merge", identifier), identifier, hold=hold)
    except ReprieveError as error:
        lines.append(f"It is not merged: {error.message}")
    else:
        merged = settled.merged
        if merged is not None:
            lines.append(f"Merged {merged.id}")
        elif settled.standing.status == "denied":
            lines.append(f"It stays denied by {settled.standing.reason}")
        elif settled.standing.missing:
            lines.append(f"Still to approve: {', '.join(settled.standing.missing)}")
    last = merged or step
    return _done(last, *lines) if last else Done(identifier, tuple(lines))


def _done(step: Step, *said: str) -> Done:
    written, protected = step.written, step.register.located.branch
    lines = list(said)
    if written.refused == NO_ROLE or written.branch.endswith(f"-{ASKED}"):
        lines.append(
            f"Without a role nothing of yours reaches {protected}: it waits on {written.branch},"
            " until somebody who holds one merges that or does the same"
        )
    elif written.refused:
        lines.append(f"{protected} takes no pushes; it waits on {written.branch} as a pull request")
    link = pull_request_link(step, written.branch) if written.pushed and written.branch != protected else None
    shown = link if link and (written.refused or link.startswith("http")) else None
    return Done(step.id, tuple(lines), written.commit, written.branch, shown)


def _said(text: str, what: str) -> str:
    """What somebody typed. Errors: `UsageError` when that is nothing."""
    if not text.strip():
        raise UsageError(f"{what} is missing")
    return text.strip()
