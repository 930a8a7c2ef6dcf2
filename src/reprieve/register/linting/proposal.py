"""A record of the working tree, held against the register: what merging it would mean."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping

import msgspec

from reprieve.record.charter import Charter
from reprieve.record.document import Document
from reprieve.record.lifecycle import Facts, unsigned_terms
from reprieve.record.lint import future_dates, unstaffed
from reprieve.record.model import Problem, file_number, format_id
from reprieve.record.rules import problems_of
from reprieve.register.layout import record_number
from reprieve.register.linting.reviewers import Review, barred, review_of
from reprieve.register.linting.worktree import Baseline
from reprieve.register.register import Register
from reprieve.register.rules import already_asked, refiled
from reprieve.register.snapshot import Case
from reprieve.register.together import renewal_chain
from reprieve.register.writing.request import next_number


class Context(msgspec.Struct, frozen=True):
    """What a record is held against."""

    register: Register | None
    baseline: Baseline
    charter: Charter
    """The one that judges what is new."""
    cases: Mapping[int, Case]
    """By number, for chains of renewals: the register's, and over them those of the working tree."""
    paths: frozenset[str]
    """Every record file of the working tree."""
    now: dt.datetime


def case_of(document: Document, now: dt.datetime) -> Case:
    """A record that the register does not hold, as if it did."""
    number = record_number(document.path) or 0
    facts = Facts(merged=False, added=now, asked=now)
    return Case(number, document.path, None, document.record, document.digest, facts, 0)


def examine(document: Document, raw: bytes, context: Context) -> tuple[list[Problem], Review | None]:
    """Everything the charter and the register say of a record, and the review that it needs, if any.

    A record that only the protected branch has changed since the checkout left it is not looked at.
    """
    at_tip = context.baseline.is_tip(document.path, raw)
    if context.baseline.is_base(document.path, raw) and not at_tip:
        return [], None
    merged, proposed = _known(document, context)
    if merged is not None and merged.facts.final is not None:
        return _ended(document, merged, context, at_tip=at_tip), None
    same_terms = merged is not None and merged.digest == document.digest
    charter = context.charter
    if merged is not None and same_terms and context.register is not None:
        charter = context.register.snapshot.charter_of(merged)
    problems = problems_of(document, charter, _added(merged, proposed))
    problems += future_dates(document, context.now.date())
    renewals = _renewals(document, charter, context)
    problems += renewals
    if at_tip or same_terms:
        return problems, None
    problems += _news(document, merged, proposed, context)
    if context.register is not None and not renewals:
        problems += _asked_before(document, merged, context.register, context.now)
    return problems, review_of(document, proposed, context.charter, context.register, context.now)


def _known(document: Document, context: Context) -> tuple[Case | None, list[Case]]:
    number = file_number(document.path.rpartition("/")[2])
    if context.register is None or number is None:
        return None, []
    return context.register.snapshot.find(number)


def _added(merged: Case | None, proposed: list[Case]) -> dt.datetime | None:
    cases = [merged] if merged else proposed
    return min((case.facts.added for case in cases), default=None)


def _ended(document: Document, merged: Case, context: Context, *, at_tip: bool) -> list[Problem]:
    """An id that has ended stays ended; its document may be kept, tidied and archived."""
    if at_tip:
        return [problem for problem in merged.problems if problem.rule == "final"]
    record, final = document.record, merged.facts.final
    if final is None or (merged.digest == document.digest and (record.revoked or record.closed)):
        return []
    assert context.register is not None  # noqa: S101  (else nothing would be known to have ended)
    free = max(next_number(context.register), max(context.cases, default=0) + 1)
    return [
        Problem(
            rule="final",
            message=f"{merged.id} was {final.status} on {final.at:%Y-%m-%d} ({final.reason}):"
            " nothing revives or reuses an id",
            path=document.path,
            line=document.line_of("id"),
            hint=f"ask for a new one; the next free id is {format_id(free)}",
            exception=record.id,
        )
    ]


def _renewals(document: Document, charter: Charter, context: Context) -> list[Problem]:
    if not document.record.renews:
        return []
    chain, wrong = renewal_chain(case_of(document, context.now), context.cases)
    limit = charter.limits.renewals
    hint = None
    if wrong is None and len(chain) > limit and not document.record.escalation:
        wrong = f"renewed {len(chain)} times, at most {limit} are allowed"
        hint = f"reprieve escalate {document.record.id} --case renewal-denied --reason …"
    if wrong is None:
        return []
    unsure = context.register is None and "never held" in wrong
    return [_problem(document, "renewals", wrong, "renews", hint, warning=unsure)]


def _news(
    document: Document, merged: Case | None, proposed: list[Case], context: Context
) -> Iterator[Problem]:
    """What only new terms can get wrong."""
    record = document.record
    taken = list(_taken(document, merged, proposed, context))
    yield from taken or _approvals_that_end(document, merged, proposed)
    yield from _too_few_people(document, proposed, context.charter)
    yield from _unsigned(document, proposed, context)
    yield from _critical(document, merged, context)
    if merged is None and record.expires < context.now.date():
        yield _problem(document, "expired", "it ends before it begins", "expires", None, warning=True)


def _taken(
    document: Document, merged: Case | None, proposed: list[Case], context: Context
) -> Iterator[Problem]:
    """The id of another record, on the protected branch or asked for on a branch."""
    if merged is not None and merged.path != document.path and merged.path not in context.paths:
        message = f"the protected branch has {merged.id} as {merged.path}"
        hint = "an id is never used twice; if it is the same exception, keep the file's name"
        yield _problem(document, "duplicate-id", message, "id", hint)
    for case in proposed:
        if merged is None and case.path != document.path and case.digest != document.digest:
            message = f"{case.branch} asks for another record of this id: {case.path}"
            yield _problem(document, "duplicate-id", message, "id", None, warning=True)


def _approvals_that_end(document: Document, merged: Case | None, proposed: list[Case]) -> Iterator[Problem]:
    cases = [case for case in proposed if case.path == document.path] or ([merged] if merged else [])
    for case in cases[-1:]:
        approvals = {
            f"{decision.person} as {decision.role}"
            for decision in case.facts.decisions
            if decision.stands and decision.verdict == "approve"
        }
        if approvals and case.digest != document.digest:
            message = f"the terms differ from those approved ({', '.join(sorted(approvals))}):"
            message = f"{message} its approvals end with this change"
            hint = "only controls' implemented and evidence, progress and incidents change without a decision"
            yield _problem(document, "terms-changed", message, "id", hint, warning=True)


def _too_few_people(document: Document, proposed: list[Case], charter: Charter) -> Iterator[Problem]:
    if charter.approvals == "merged":
        return
    record = document.record
    roles = charter.required_roles(record.risk, escalated=bool(record.escalation))
    left = unstaffed(charter, roles, barred(document, proposed))
    if left and not unstaffed(charter, roles):
        message = f"nobody is left to approve it as {' and '.join(left)}: whoever asks cannot,"
        message = f"{message} and one person fills one role"
        yield _problem(document, "approvers", message, "risk", None, warning=True)


def _unsigned(document: Document, proposed: list[Case], context: Context) -> Iterator[Problem]:
    """Terms that nobody may approve, for an unsigned commit set them, or would if they were committed now."""
    charter, register = context.charter, context.register
    if charter.signatures != "required" or charter.approvals == "merged" or register is None:
        return
    asked = [case for case in proposed if case.digest == document.digest]
    if asked:
        told = [unsigned_terms(case.facts, charter) for case in asked]
        if all(told):
            yield _problem(
                document, "unsigned", f"nobody may approve it: {told[0]}", "id", None, warning=True
            )
    elif not register.git.always_signs():
        message = "git does not sign commits here: nobody may approve terms that an unsigned commit set"
        hint = "reprieve request signs; by hand: git commit -S, or git config commit.gpgsign true"
        yield _problem(document, "unsigned", message, "id", hint, warning=True)


def _critical(document: Document, merged: Case | None, context: Context) -> Iterator[Problem]:
    """`critical_in_production: N` lets N stand without an escalation; `record.rules` judges N = 0."""
    limit = context.charter.limits.critical_in_production
    if limit == 0 or merged is not None or not _counts(case_of(document, context.now)):
        return
    own = record_number(document.path)
    held = context.register.snapshot.cases if context.register else ()
    others = [case for case in held if case.number != own and _counts(case)]
    if len(others) >= limit:
        message = f"critical in production, over the limit of {limit}"
        hint = f"reprieve escalate {document.record.id} --case critical-in-production --reason …"
        yield _problem(document, "critical-in-production", message, "risk", hint)


def _counts(case: Case) -> bool:
    record = case.record
    return (
        record is not None
        and case.facts.final is None
        and not record.escalation
        and (record.risk, record.environment) == ("critical", "production")
    )


def _asked_before(
    document: Document, merged: Case | None, register: Register, now: dt.datetime
) -> Iterator[Problem]:
    """A scope that was renewed often enough, or that something else covers already."""
    again = refiled(document.record, document.path, register, now)
    if again:
        yield msgspec.structs.replace(again, line=document.line_of("scope"))
    elif merged is None and not document.record.renews:
        own = record_number(document.path)
        others = [(case, standing) for case, standing in register.cases(now) if case.number != own]
        found = already_asked(document.record, others)
        if found:
            message = f"{found[0].id} ({found[1].status}) covers all of this scope already"
            yield _problem(document, "already-covered", message, "scope", None, warning=True)


def _problem(
    document: Document, rule: str, message: str, key: str, hint: str | None, *, warning: bool = False
) -> Problem:
    return Problem(
        rule=rule,
        message=message,
        path=document.path,
        line=document.line_of(key),
        hint=hint,
        exception=document.record.id,
        level="warning" if warning else "error",
    )
