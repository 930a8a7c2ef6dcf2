"""Approving a changed charter, by the one who owns the charter that rules."""

from __future__ import annotations

from reprieve.errors import UsageError
from reprieve.record.charter import Charter, charter_digest, parse_charter
from reprieve.register.git import Git, GitError
from reprieve.register.layout import CHARTER, SIGNERS
from reprieve.register.register import Register
from reprieve.register.writing.clerk import Clerk, Step, protected_branch
from reprieve.register.writing.commits import Plan
from reprieve.register.writing.message import message


def approve_charter(clerk: Clerk, branch: str | None) -> Step:
    """Approves the charter (and `allowed_signers`) that a branch holds; the protected branch when None.

    Errors: `UsageError` when it cannot be read, rules already, or the person does not own the charter.
    """

    def plan(register: Register) -> Plan:
        name = branch or protected_branch(register)
        tip = _tip(register, name)
        content, signers = (_blob(register.git, tip, path) for path in (CHARTER, SIGNERS))
        _refuse_unreadable(content)
        digest = charter_digest(content, signers)
        ruling = register.snapshot.rulings[register.snapshot.ruling]
        if digest == ruling.digest:
            raise UsageError("this charter rules already", where=name)
        owner = ruling.charter.charter_owner
        person = clerk.identity(register).email.lower()
        if person not in ruling.charter.holders(owner):
            holders = ", ".join(sorted(ruling.charter.holders(owner))) or "nobody"
            raise UsageError(f"{person} is not {owner}", hint=f"the charter's owner approves: {holders}")
        return Plan(
            branch=name,
            expected=tip,
            parents=(tip,),
            message=message(f"Approve the charter as {owner}", charter=digest),
            protected=name == register.located.branch,
            fallback="charter/approve",
        )

    return clerk.take(plan, lambda _: "charter")


def _tip(register: Register, name: str) -> str:
    remote = register.located.remote
    for ref in ([f"refs/remotes/{remote}/{name}"] if remote else []) + [f"refs/heads/{name}"]:
        tip = register.git.commit_id(ref)
        if tip:
            return tip
    raise UsageError(f"no branch {name}", hint="push the branch that changes the charter first")


def _blob(git: Git, commit: str, path: str) -> bytes:
    try:
        return git.run("cat-file", "blob", f"{commit}:{path}")
    except GitError:
        return b""


def _refuse_unreadable(content: bytes) -> None:
    parsed = parse_charter(CHARTER, content)
    if not isinstance(parsed, Charter):
        first = parsed[0]
        raise UsageError(first.message, where=f"{CHARTER}:{first.line or 1}", hint=first.hint)
