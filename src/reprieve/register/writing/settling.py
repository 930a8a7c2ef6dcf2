"""After a decision: whether it counts, and the merge where it was the last that was needed."""

from __future__ import annotations

import msgspec

from reprieve.errors import UsageError
from reprieve.record.lifecycle import Standing
from reprieve.register.snapshot import Case
from reprieve.register.writing.clerk import Clerk, Step, find
from reprieve.register.writing.merge import merge


class Settled(msgspec.Struct, frozen=True):
    """Where a case stands after a decision, before the merge if there was one."""

    case: Case
    standing: Standing
    merged: Step | None = None
    """The merge that followed; None also when somebody else was faster."""


def refuse_uncounted(clerk: Clerk, commit: str) -> None:
    """Reads a decision back: one that nobody counts must not look like one. Errors: `UsageError`."""
    snapshot = clerk.register().snapshot
    for case in (*snapshot.cases, *snapshot.proposed):
        for decision in case.facts.decisions:
            if decision.commit == commit and decision.refused:
                raise UsageError(f"recorded, but it does not count: {decision.refused}", where=case.id)


def settle(clerk: Clerk, identifier: str, *, hold: bool = False) -> Settled:
    """Merges what has all its approvals now, unless `hold`. Errors: as of `merge`."""
    case, standing = find(clerk.register(), identifier, clerk.now(), asked=True)
    if hold or case.branch is None or standing.status == "denied" or standing.missing:
        return Settled(case, standing)
    try:
        return Settled(case, standing, merge(clerk, case.id))
    except UsageError:
        if find(clerk.register(), identifier, clerk.now(), asked=True)[0].branch is not None:
            raise
        return Settled(case, standing)
