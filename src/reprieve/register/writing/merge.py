"""Merging an approved record into the protected branch, with its whole history."""

from __future__ import annotations

from reprieve.errors import UsageError
from reprieve.register.git import Git
from reprieve.register.layout import REGULAR_FILE, record_number
from reprieve.register.register import Register
from reprieve.register.snapshot import Case
from reprieve.register.writing.clerk import Clerk, Step, find, protected_branch
from reprieve.register.writing.commits import Plan
from reprieve.register.writing.message import message


def merge(clerk: Clerk, identifier: str) -> Step:
    """Merges the record's branch with a merge commit and removes the branch.

    Errors: `UsageError` when approvals are missing, or when the branch changes anything but its own
    record: such a branch wants the eyes of a pull request.
    """

    def plan(register: Register) -> Plan:
        case, standing = find(register, identifier, clerk.now(), asked=True)
        if case.branch is None:
            raise UsageError(f"{case.id} is merged already; it is {standing.status}")
        if standing.missing or standing.status not in {"requested", "in-review"}:
            waiting = f"; waiting for {', '.join(standing.missing)}" if standing.missing else ""
            raise UsageError(f"{case.id} is {standing.status}{waiting}", hint=standing.reason or None)
        return merge_plan(register, case)

    step = clerk.take(plan, lambda register: find(register, identifier, clerk.now(), asked=True)[0].id)
    if step.written.refused is None:
        remove_branches(clerk, step)
    return step


def merge_plan(register: Register, case: Case, files: dict[str, bytes | None] | None = None) -> Plan:
    """The merge commit: the protected branch's tree with the record's file from its branch."""
    assert case.branch is not None  # noqa: S101
    tip = register.located.branches[case.branch]
    assert case.record is not None  # noqa: S101
    return Plan(
        branch=protected_branch(register),
        expected=register.commit,
        parents=(register.commit, tip),
        message=message(f"Merge {case.branch}: {case.record.summary}"),
        files=own_files(register, case) if files is None else files,
        protected=True,
        fallback=f"{case.branch}-merge",
        ends={case.branch: tip},
    )


def own_files(register: Register, case: Case) -> dict[str, bytes | None]:
    """What the branch changes: only files of this record. Errors: `UsageError` for any other."""
    assert case.branch is not None  # noqa: S101
    git, tip = register.git, register.located.branches[case.branch]
    base = git.text("merge-base", register.commit, tip)
    changed = _changed(git, base, tip)
    others = sorted(path for path in changed if record_number(path) != case.number)
    if others:
        raise UsageError(
            f"{case.branch} also changes {others[0]}"
            + (f" and {len(others) - 1} more" if others[1:] else ""),
            hint="merge it as a pull request, with a merge commit",
        )
    moved = sorted(
        path
        for path, blob in _changed(git, base, register.commit).items()
        if record_number(path) == case.number and changed.get(path) != blob
    )
    if moved:
        raise UsageError(
            f"{case.id} changed on {register.located.branch} since {case.branch} began",
            hint=f"merge {register.located.branch} into {case.branch} first",
        )
    return {path: git.run("cat-file", "blob", blob) if blob else None for path, blob in changed.items()}


def _changed(git: Git, before: str, after: str) -> dict[str, str | None]:
    out = git.run("diff-tree", "-r", "-z", "--raw", "--no-renames", "--no-abbrev", before, after)
    fields = out.decode("utf-8", "replace").split("\0")
    changed: dict[str, str | None] = {}
    for raw, path in zip(fields[0::2], fields[1::2], strict=False):
        _, mode, _, new, _ = raw.removeprefix(":").split(" ")
        if new.strip("0") and mode != REGULAR_FILE:
            raise UsageError(f"{path} is not a plain file (mode {mode})")
        changed[path] = new if new.strip("0") else None
    return changed


def remove_branches(clerk: Clerk, step: Step) -> None:
    """The branches of a record that has been merged or ended, where they are part of history now."""
    number = find_number(step.id)
    git = step.register.git
    for case in step.register.snapshot.proposed:
        if case.number == number and case.branch:
            tip = step.register.located.branches[case.branch]
            if git.succeeds("merge-base", "--is-ancestor", tip, step.written.commit):
                clerk.writer(step.register).forget(case.branch, tip)


def find_number(identifier: str) -> int:
    """The number in an id that is known to be one."""
    return int(identifier.partition("-")[2])
