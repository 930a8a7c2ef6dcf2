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
        text, files = _closing(register, case, clerk, reason, proof(case))
        return _protected_plan(register, case, text, "close", files)

    return _taken(clerk, identifier, plan)


def draft_close(clerk: Clerk, identifier: str, reason: str, shown: str) -> Step:
    """Asks for a record on the protected branch to be closed: the commit that would, on a branch beside it.

    Nothing ends before somebody merges that. Errors: `UsageError` when it has ended already, is not merged,
    or when such a branch waits already.
    """

    def plan(register: Register) -> Plan:
        case = _living(register, identifier, clerk)
        if case.branch is not None:
            raise UsageError(f"{case.id} is not merged", hint=f"reprieve close {case.id} --reason withdrawn")
        branch = branch_of(case.number, "close")
        if branch in register.located.branches:
            raise UsageError(f"{branch} waits to be merged already", where=case.id)
        text, files = _closing(register, case, clerk, reason, shown)
        return Plan(branch, None, (register.commit,), text, files)

    return clerk.take(plan, lambda register: find(register, identifier, clerk.now())[0].id)


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


def _closing(
    register: Register, case: Case, clerk: Clerk, reason: str, shown: str
) -> tuple[str, dict[str, bytes | None]]:
    """The message and the files of the commit that closes a record and moves it to the archive."""
    today, person = clerk.now().date(), clerk.identity(register).email
    change = editing.ended("closed", today, person, reason)
    if shown:
        change = editing.both(editing.progress(today, shown), change)
    archived = f"{ARCHIVE}/{PurePosixPath(case.path).name}"
    files: dict[str, bytes | None] = {archived: content_of(register, case, change)}
    if case.branch is None:
        files[case.path] = None
    return message(f"Close {case.id}: {reason}", shown), files


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
