"""Deciding: an approval, a denial, a question or an answer, each a commit on the record's branch."""

from __future__ import annotations

import re
from collections.abc import Callable

from reprieve.errors import UsageError
from reprieve.record.charter import Charter
from reprieve.record.lifecycle import Standing, Verdict, unsigned_terms
from reprieve.register.layout import branch_of
from reprieve.register.register import Register
from reprieve.register.snapshot import Case
from reprieve.register.writing.clerk import Clerk, Step, find, protected_branch
from reprieve.register.writing.commits import Plan
from reprieve.register.writing.message import message

_SUBJECT = {"approve": "Approve", "deny": "Deny", "ask": "Question"}


_DIGITS = re.compile(r"(?:sha256:)?([0-9a-f]{12,64})")


def decide(
    clerk: Clerk,
    identifier: str,
    verdict: Verdict,
    role: str | None,
    prose: str = "",
    terms: str | None = None,
    covers: Callable[[Case, Charter], int] | None = None,
) -> Step:
    """Records what one person, in one role, says of a record's present terms.

    With `terms`, a digest or how it begins, only of those: what was read is then what is decided on. With
    `covers`, an approval also says how many findings it silences: what that function counts, for the record
    and by the charter in force. Errors: `UsageError` when the record is not under review or has other
    terms, or the person may not decide on it, or should have counted.
    """
    read = _digits(terms) if terms is not None else ""

    def plan(register: Register) -> Plan:
        case, standing = _where_it_is(register, identifier, clerk)
        _refuse_undecidable(case, standing)
        _refuse_other_terms(case, read)
        person = clerk.identity(register).email.lower()
        chosen = role or _only_role(register, case, person)
        _refuse_person(register, case, person, chosen, verdict)
        assert case.digest is not None  # noqa: S101  (a readable record has one)
        counted = _counted(register, case, chosen, covers) if verdict == "approve" else {}
        text = message(
            f"{_SUBJECT[verdict]} {case.id} as {chosen}",
            prose,
            exception=case.id,
            decision=verdict,
            role=chosen,
            terms=case.digest,
            **counted,
        )
        return _on_its_branch(register, case, text, verdict)

    return clerk.take(plan, lambda register: find(register, identifier, clerk.now(), asked=True)[0].id)


def answer(clerk: Clerk, identifier: str, text: str) -> Step:
    """Answers an open question: the review clock goes on."""

    def plan(register: Register) -> Plan:
        case, standing = find(register, identifier, clerk.now(), asked=True)
        if not standing.paused:
            raise UsageError(f"{case.id} has no open question", hint=f"it is {standing.status}")
        return _on_its_branch(
            register, case, message(f"Answer on {case.id}", text, exception=case.id, answer=case.id), "answer"
        )

    return clerk.take(plan, lambda register: find(register, identifier, clerk.now(), asked=True)[0].id)


def _where_it_is(register: Register, identifier: str, clerk: Clerk) -> tuple[Case, Standing]:
    """What is under review; on the protected branch when a squash merge brought the same terms there."""
    asked = find(register, identifier, clerk.now(), asked=True)
    merged, _ = register.snapshot.find(asked[0].number)
    if merged is not None and merged.digest == asked[0].digest:
        return merged, register.snapshot.standing(merged, clerk.now())
    return asked


def _on_its_branch(register: Register, case: Case, text: str, verb: str) -> Plan:
    if case.branch is not None:
        tip = register.located.branches[case.branch]
        return Plan(branch=case.branch, expected=tip, parents=(tip,), message=text)
    return Plan(
        branch=protected_branch(register),
        expected=register.commit,
        parents=(register.commit,),
        message=text,
        protected=True,
        fallback=branch_of(case.number, verb),
    )


def _refuse_undecidable(case: Case, standing: Standing) -> None:
    if standing.status == "invalid":
        raise UsageError(
            f"{case.id} is invalid: {standing.reason}", hint="`reprieve lint` shows every problem"
        )
    if standing.status in {"revoked", "closed"}:
        raise UsageError(f"{case.id} is {standing.status}; nothing revives it", hint="ask for a new one")


def _digits(terms: str) -> str:
    """The hexadecimal digits of a digest, or of its beginning. Errors: `UsageError`."""
    found = _DIGITS.fullmatch(terms.strip().lower())
    if found is None:
        hint = "`reprieve show` prints it: sha256: and 12 or more of its digits"
        raise UsageError(f"--terms: not a terms digest: {terms!r}", hint=hint)
    return found[1]


def _refuse_other_terms(case: Case, read: str) -> None:
    assert case.digest is not None  # noqa: S101  (a readable record has one)
    if not case.digest.removeprefix("sha256:").startswith(read):
        raise UsageError(
            f"{case.id} has other terms than those you read: {case.digest} now, not sha256:{read}",
            hint=f"read them again: reprieve review {case.id}",
        )


def _counted(
    register: Register, case: Case, role: str, covers: Callable[[Case, Charter], int] | None
) -> dict[str, str]:
    """The trailer that says how many findings the record silences.

    Errors: `UsageError` where the charter limits breadth and this approval would say nothing about it, and
    when nothing was found, as then the reports say nothing about it either.
    """
    limit = register.snapshot.charter_of(case).limits.breadth
    if covers is None:
        also = " and ".join(higher(register, case))
        if also and role in required(register, case):
            raise UsageError(
                f"the charter limits breadth to {limit:,} findings, so an approval says how many it covers",
                hint=f"count them: --report SCAN; above {limit:,} {also} must approve as well",
            )
        return {}
    number = covers(case, register.snapshot.charter)
    if number == 0:
        raise UsageError(
            f"{case.id} covers nothing in these reports, so they do not say how broad it is",
            hint="give the reports of what it is for; where they do not name the cluster: `reprieve gate"
            " REPORT --cluster NAME --output json` writes one that does",
        )
    return {"covers": str(number)}


def _only_role(register: Register, case: Case, person: str) -> str:
    """The role to decide in, where there is no choice."""
    charter = register.snapshot.charter_of(case)
    held = [role for role in required(register, case) if person in charter.holders(role)]
    held = held or [role for role in higher(register, case) if person in charter.holders(role)]
    if len(set(held)) == 1:
        return held[0]
    if held:
        raise UsageError(f"you hold several of the roles: {', '.join(held)}", hint="choose one with --role")
    raise UsageError(f"{person} holds none of the roles that decide on {case.id}", hint=_who(register, case))


def _refuse_person(register: Register, case: Case, person: str, role: str, verdict: Verdict) -> None:
    charter = register.snapshot.charter_of(case)
    if role not in (*required(register, case), *higher(register, case)):
        raise UsageError(f"{role} does not decide on {case.id}", hint=_who(register, case))
    if person not in charter.holders(role):
        raise UsageError(f"{person} is not {role}", hint=_who(register, case))
    unsigned = unsigned_terms(case.facts, charter)
    if verdict == "approve" and unsigned:
        raise UsageError(f"{case.id} cannot be approved: {unsigned}")
    if person in case.facts.submitters:
        raise UsageError(f"{person} asked for {case.id}, or wrote its terms, and so cannot decide on it")
    taken = [
        decision.role
        for decision in case.facts.decisions
        if decision.stands
        and decision.person == person
        and decision.verdict == "approve"
        and decision.role != role
    ]
    if verdict == "approve" and taken:
        raise UsageError(f"{person} has approved {case.id} as {taken[0]}; one person cannot fill two roles")


def required(register: Register, case: Case) -> tuple[str, ...]:
    """The roles that must approve a case, however broad it is."""
    assert case.record is not None  # noqa: S101
    charter = register.snapshot.charter_of(case)
    return charter.required_roles(case.record.risk, escalated=bool(case.record.escalation))


def higher(register: Register, case: Case) -> tuple[str, ...]:
    """The roles that must approve it as well when it is broad; none where breadth is not limited."""
    assert case.record is not None  # noqa: S101
    charter, escalated = register.snapshot.charter_of(case), bool(case.record.escalation)
    if charter.limits.breadth is None:
        return ()
    return charter.higher_roles(case.record.risk, escalated=escalated)


def _who(register: Register, case: Case) -> str:
    charter = register.snapshot.charter_of(case)
    needed = " and ".join(_held(charter, role) for role in required(register, case))
    more = " and ".join(_held(charter, role) for role in higher(register, case))
    return f"needed: {needed}" + (f"; when it is broad also {more}" if more else "")


def _held(charter: Charter, role: str) -> str:
    return f"{role} ({', '.join(charter.roles.get(role, ())) or 'nobody'})"
