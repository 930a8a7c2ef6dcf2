"""The ends of an exception: closed because it is no longer needed, or revoked at once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import PurePosixPath

from reprieve.errors import UsageError
from reprieve.record import editing
from reprieve.register.layout import ARCHIVE, branch_of
from reprieve.register.register import Register
from reprieve.register.snapshot import Case
from reprieve.register.writing.clerk import Clerk, Step, find, protected_branch
from reprieve.register.writing.commits import Plan
from reprieve.register.writing.merge import remove_branches
from reprieve.register.writing.message import message
from reprieve.register.writing.upkeep import content_of

Proof = Callable[[Case], str]
"""Says in words what shows that the fix is in place; raises `UsageError` when nothing does."""


def close(clerk: Clerk, identifier: str, reason: str, proof: Proof) -> Step:
    """Closes a record and moves its document to the archive; a request that was never merged as well.

    Errors: `UsageError` when it has ended already, or the proof does not hold.
    """

    def plan(register: Register) -> Plan:
        case = _living(register, identifier, clerk)
        today, person = clerk.now().date(), clerk.identity(register).email
        shown = proof(case)
        change = editing.ended("closed", today, person, reason)
        if shown:
            change = editing.both(editing.progress(today, shown), change)
        content = content_of(register, case, change)
        archived = f"{ARCHIVE}/{PurePosixPath(case.path).name}"
        files: dict[str, bytes | None] = {archived: content}
        if case.branch is None:
            files[case.path] = None
        text = message(f"Close {case.id}: {reason}", shown)
        return _protected_plan(register, case, text, "close", files)

    return _taken(clerk, identifier, plan)


def revoke(clerk: Clerk, identifier: str, reason: str) -> Step:
    """Ends an exception before its time, as of now. Errors: `UsageError` when it has ended already."""

    def plan(register: Register) -> Plan:
        case = _living(register, identifier, clerk)
        if case.branch is not None:
            raise UsageError(
                f"{case.id} is not merged, so there is nothing to revoke",
                hint=f"reprieve close {case.id} --reason withdrawn",
            )
        person = clerk.identity(register).email
        change = editing.ended("revoked", clerk.now().date(), person, reason)
        files = {case.path: content_of(register, case, change)}
        return _protected_plan(register, case, message(f"Revoke {case.id}", reason), "revoke", dict(files))

    return _taken(clerk, identifier, plan)


def _taken(clerk: Clerk, identifier: str, plan: Callable[[Register], Plan]) -> Step:
    step = clerk.take(plan, lambda register: find(register, identifier, clerk.now())[0].id)
    if step.written.refused is None:
        remove_branches(clerk, step)
    return step


def _living(register: Register, identifier: str, clerk: Clerk) -> Case:
    case, standing = find(register, identifier, clerk.now())
    if standing.status in {"revoked", "closed"}:
        raise UsageError(f"{case.id} is {standing.status} already: {standing.reason}")
    return case


def _protected_plan(
    register: Register, case: Case, text: str, verb: str, files: dict[str, bytes | None]
) -> Plan:
    """On the protected branch; a request's branch becomes part of its history."""
    parents: tuple[str, ...] = (register.commit,)
    ends: dict[str, str] = {}
    if case.branch is not None:
        tip = register.located.branches[case.branch]
        parents, ends = (register.commit, tip), {case.branch: tip}
    return Plan(
        branch=protected_branch(register),
        expected=register.commit,
        parents=parents,
        message=text,
        files=files,
        protected=True,
        fallback=branch_of(case.number, verb),
        ends=ends,
    )
