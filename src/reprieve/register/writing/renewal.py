"""When an exception is needed for longer, or when the ordinary process does not do: renew, escalate."""

from __future__ import annotations

import datetime as dt

from reprieve.errors import UsageError
from reprieve.record import editing, template
from reprieve.record.document import Document, parse
from reprieve.record.model import EscalationCase
from reprieve.register.layout import branch_of
from reprieve.register.register import Register
from reprieve.register.rules import renewal_count
from reprieve.register.snapshot import Case
from reprieve.register.writing.clerk import Clerk, Step, find
from reprieve.register.writing.commits import Plan
from reprieve.register.writing.message import message
from reprieve.register.writing.request import Asked, Draft, from_file, request
from reprieve.register.writing.upkeep import content_of


def renew(
    clerk: Clerk,
    identifier: str,
    *,
    why: str,
    plan: str,
    expires: dt.date | None = None,
    target: dt.date | None = None,
    escalation: dict[str, str] | None = None,
    dry_run: bool = False,
) -> Asked:
    """Asks for the same exception again, under a new id that `renews` this one.

    Args:
        clerk: who asks.
        identifier: the exception to renew.
        why: why the original timeline was not met.
        plan: the updated remediation plan.
        expires: the new end; the longest that the charter allows when None.
        target: the new remediation date; the end when None.
        escalation: case and reason, above the maximum of renewals.
        dry_run: only show the document.

    Errors: `UsageError` above the maximum without an escalation, and for one that never was in force.
    """
    register = clerk.register()
    case, standing = find(register, identifier, clerk.now())
    if standing.status not in {"active", "approved", "expired"}:
        raise UsageError(
            f"{case.id} is {standing.status}", hint="only what is or was in force can be renewed"
        )
    assert case.record is not None  # noqa: S101  (what is in force is readable)
    (count, _), limit = renewal_count(case.record, register), register.snapshot.charter.limits.renewals
    if count > limit and escalation is None:
        raise UsageError(
            f"the scope of {case.id} was renewed {count - 1} times, at most {limit} are allowed",
            hint="renew with --escalate CASE --reason …, for the ciso to decide",
        )
    return request(clerk, _draft(register, case, why, plan, expires, target, escalation), dry_run=dry_run)


def _draft(
    register: Register,
    case: Case,
    why: str,
    plan: str,
    expires: dt.date | None,
    target: dt.date | None,
    escalation: dict[str, str] | None,
) -> Draft:
    assert case.blob is not None  # noqa: S101  (what is in force is there)
    draft = from_file(register.git.run("cat-file", "blob", case.blob), case.path)
    draft.renews = case.id
    draft.requester = None
    draft.expires, draft.target = expires, target
    draft.escalation = escalation
    draft.sections = {**draft.sections, "Remediation plan": plan, template.RENEWAL_SECTION: why}
    return draft


def escalate(clerk: Clerk, identifier: str, case_: EscalationCase, reason: str) -> Step:
    """Puts an escalation into the terms, for the `ciso` to decide; former decisions end with that.

    A request under review is changed on its branch. What is merged is changed on a branch of its own,
    so that nothing on the protected branch changes before the decision.
    """

    def plan(register: Register) -> Plan:
        case, standing = find(register, identifier, clerk.now(), asked=True)
        if standing.status in {"revoked", "closed"}:
            raise UsageError(f"{case.id} is {standing.status}", hint="ask for a new one")
        change = editing.escalated(case_, reason)
        content = content_of(register, case, change, same_terms=False)
        _refuse_other_problems(case, content)
        branch = case.branch or branch_of(case.number, "escalate")
        tip = register.located.branches.get(branch)
        return Plan(
            branch=branch,
            expected=tip,
            parents=(tip or register.commit,),
            message=message(f"Escalate {case.id}: {case_}", reason),
            files={case.path: content},
        )

    return clerk.take(plan, lambda register: find(register, identifier, clerk.now(), asked=True)[0].id)


def _refuse_other_problems(case: Case, content: bytes) -> None:
    if not isinstance(parse(case.path, content), Document):
        raise UsageError(f"{case.id} would not be readable any more", where=case.path)
