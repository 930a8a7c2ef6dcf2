"""Keeping a record current without touching its terms: controls, progress, incidents."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from reprieve.errors import UsageError
from reprieve.record import editing
from reprieve.register.layout import branch_of
from reprieve.register.register import Register
from reprieve.register.snapshot import Case
from reprieve.register.writing.clerk import Clerk, Step, find, protected_branch
from reprieve.register.writing.commits import Plan
from reprieve.register.writing.message import message


def control(clerk: Clerk, identifier: str, name: str, on: dt.date, evidence: str | None) -> Step:
    """Says that a compensating control is implemented. Errors: `UsageError`; a date in the future."""
    _refuse_future(on, clerk)
    prose = f"Evidence: {evidence}" if evidence else ""
    subject = f"{name} implemented on {on}"
    return edit(clerk, identifier, "control", subject, editing.implement(name, on, evidence), prose)


def progress(clerk: Clerk, identifier: str, note: str, on: dt.date) -> Step:
    """Adds a note on how the remediation goes."""
    _refuse_future(on, clerk)
    return edit(clerk, identifier, "progress", "progress", editing.progress(on, note), note)


def incident(clerk: Clerk, identifier: str, summary: str, url: str | None, on: dt.date) -> Step:
    """Links an incident that touched what the exception covers."""
    _refuse_future(on, clerk)
    prose = "\n\n".join(part for part in (summary, url) if part)
    return edit(clerk, identifier, "incident", "incident", editing.incident(on, summary, url), prose)


def edit(
    clerk: Clerk, identifier: str, verb: str, subject: str, change: editing.Edit, prose: str = ""
) -> Step:
    """One edit of operational fields, where the record is: its branch, or the protected branch."""

    def plan(register: Register) -> Plan:
        case, standing = find(register, identifier, clerk.now())
        name = verb if clerk.aside(register) is None else ASKED
        case = _waiting(register, case, (ASKED,) if name == ASKED else _VERBS)
        if standing.status in {"revoked", "closed"}:
            raise UsageError(f"{case.id} is {standing.status}", hint="an ended record is not edited any more")
        text = message(f"{case.id}: {subject}", prose)
        return edit_plan(register, case, text, name, {case.path: content_of(register, case, change)})

    return clerk.take(plan, lambda register: find(register, identifier, clerk.now())[0].id)


_VERBS = ("control", "progress", "incident")
ASKED = "asked"
"""Ends the name of the branch for steps that `Clerk.aside` keeps there: nobody else goes on from it."""


def _waiting(register: Register, case: Case, verbs: Iterable[str]) -> Case:
    """Where an earlier step waits for a pull request, the next one goes on from it: both are wanted."""
    if case.branch is not None:
        return case
    branches = {branch_of(case.number, verb) for verb in verbs}
    waits = [other for other in register.snapshot.find(case.number)[1] if other.branch in branches]
    return waits[0] if waits else case


def edit_plan(register: Register, case: Case, text: str, verb: str, files: dict[str, bytes | None]) -> Plan:
    """A commit to the record where it stands."""
    if case.branch is not None:
        tip = register.located.branches[case.branch]
        return Plan(branch=case.branch, expected=tip, parents=(tip,), message=text, files=files)
    return Plan(
        branch=protected_branch(register),
        expected=register.commit,
        parents=(register.commit,),
        message=text,
        files=files,
        protected=True,
        fallback=branch_of(case.number, verb),
    )


def content_of(register: Register, case: Case, change: editing.Edit, *, same_terms: bool = True) -> bytes:
    """The record's file with an edit applied. Errors: `UsageError` when it is gone or unreadable."""
    if case.blob is None:
        raise UsageError(f"{case.id} was deleted from the register")
    raw = register.git.run("cat-file", "blob", case.blob)
    return editing.edited(case.path, raw, change, same_terms=same_terms)


def _refuse_future(on: dt.date, clerk: Clerk) -> None:
    if on > clerk.now().date():
        raise UsageError(f"{on} is in the future", hint="say it when it has happened")
