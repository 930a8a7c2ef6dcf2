"""Recording the weekly review: one document a week, on the protected branch."""

from __future__ import annotations

from collections.abc import Sequence

from reprieve.findings.model import Report
from reprieve.register.git import GitError
from reprieve.register.layout import REVIEWS
from reprieve.register.register import Register
from reprieve.register.writing.clerk import Clerk, Step, protected_branch
from reprieve.register.writing.commits import Plan
from reprieve.register.writing.message import message
from reprieve.standing.agenda import agenda, markdown, week_of
from reprieve.standing.view import View


def record(clerk: Clerk, reports: Sequence[Report] = ()) -> Step | None:
    """Writes this week's agenda, or brings it up to date; None when it says all that already.

    Where the protected branch takes no pushes, it waits on `review/YYYY-Www`, and goes on there.
    """
    week = week_of(clerk.now())
    path, waits = f"{REVIEWS}/{week}.md", f"review/{week}"

    def plan(register: Register) -> Plan:
        view = View(register, clerk.now(), simulated=False)
        content = markdown(agenda(view, reports)).encode()
        tip = _tip(register, waits)
        if content in (_blob(register, register.commit, path), tip and _blob(register, tip, path)):
            raise _NothingNewError
        text = message(f"Record the exception review of {week}")
        if tip is not None:
            return Plan(waits, tip, (tip,), text, {path: content})
        return Plan(
            protected_branch(register),
            register.commit,
            (register.commit,),
            text,
            {path: content},
            protected=True,
            fallback=waits,
        )

    try:
        return clerk.take(plan, lambda _: week)
    except _NothingNewError:
        return None


class _NothingNewError(Exception):
    """The register holds this very document."""


def _tip(register: Register, branch: str) -> str | None:
    """Where this week's document waits to be merged."""
    remote = register.located.remote
    tip = register.git.commit_id(f"refs/remotes/{remote}/{branch}") if remote else None
    if tip and not register.git.succeeds("merge-base", "--is-ancestor", tip, register.commit):
        return tip
    return None


def _blob(register: Register, commit: str, path: str) -> bytes | None:
    try:
        return register.git.run("cat-file", "blob", f"{commit}:{path}")
    except GitError:
        return None
