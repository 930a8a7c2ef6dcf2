"""The register as callers use it: opened at a place, judged once, asked at any moment."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Sequence
from typing import TYPE_CHECKING

from reprieve.collector import gc_paused
from reprieve.record.lifecycle import Standing, Trust
from reprieve.register import cache, locate
from reprieve.register.git import Git
from reprieve.register.layout import branch_number
from reprieve.register.locate import Located
from reprieve.register.snapshot import Branch, Case, Snapshot

if TYPE_CHECKING:
    from reprieve.register.graph import Graph


class Register:
    """A register at one commit of its protected branch. Open one with `Register.open`."""

    def __init__(self, located: Located, snapshot: Snapshot, *, as_of: dt.datetime | None = None) -> None:
        self.located = located
        self.snapshot = snapshot
        self.as_of = as_of
        self._stood: tuple[dt.datetime, list[tuple[Case, Standing]]] | None = None

    @classmethod
    def open(
        cls,
        where: str | os.PathLike[str] | None = None,
        *,
        ref: str | None = None,
        fetch: bool | None = None,
        charter_root: str | None = None,
        as_of: dt.datetime | None = None,
    ) -> Register:
        """Opens and judges a register.

        Args:
            where: a folder in a clone, or a URL; the current directory's repository when None.
            ref: the protected branch; the remote's default branch when None.
            fetch: whether to fetch first; when None, only if the environment says `CI`.
            charter_root: digest of the charter to start from, instead of trusting the first.
            as_of: judge the register as the protected branch was then (aware).

        Errors: `RegisterError`.
        """
        if fetch is None:
            fetch = os.environ.get("CI", "").lower() not in {"", "0", "false"}
        located = locate.locate(os.fspath(where) if where is not None else None, ref=ref, fetch=fetch)
        if as_of is not None:
            from reprieve.register import afresh

            return cls(located, afresh.judge_as_of(located, as_of, charter_root), as_of=as_of)
        branches = [
            Branch(name, tip, number)
            for name, tip in sorted(located.branches.items())
            if (number := branch_number(name)) is not None
        ]
        return cls(located, _judged(located, branches, charter_root))

    @property
    def git(self) -> Git:
        """The repository."""
        return self.located.git

    @property
    def commit(self) -> str:
        """The commit of the protected branch that was judged."""
        return self.snapshot.commit

    def cases(self, now: dt.datetime) -> list[tuple[Case, Standing]]:
        """Every exception with where it stands at `now`: merged ones first, then those on branches.

        Kept for the moment last asked about: a command asks about one, and many times.
        """
        if self._stood is None or self._stood[0] != now:
            every = (*self.snapshot.cases, *self.snapshot.proposed)
            self._stood = now, [(case, self.snapshot.standing(case, now)) for case in every]
        return list(self._stood[1])

    def graph(self) -> Graph:
        """The whole history, for questions that the snapshot does not answer."""
        from reprieve.register.graph import read_graph

        return read_graph(self.git, [self.located.tip, *self.located.branches.values()])

    def trust(self, now: dt.datetime) -> Trust:
        """What the active exceptions rest on: the weakest of them."""
        if self.snapshot.charter.approvals == "merged":
            return "merged"
        decisive = [
            decision
            for case, standing in self.cases(now)
            if standing.status in {"active", "approved", "expired"}
            for decision in case.facts.decisions
            if decision.stands and decision.verdict == "approve"
        ]
        signed = all(decision.trust == "signed" for decision in decisive)
        return (
            "signed" if signed and (decisive or self.snapshot.charter.signatures == "required") else "claimed"
        )


def _judged(located: Located, branches: Sequence[Branch], root: str | None) -> Snapshot:
    path = cache.path_of(locate.cache_directory(), located.tip, branches, root)
    snapshot = cache.load(path, located.tip)
    if snapshot is None:
        from reprieve.register import afresh

        with gc_paused():
            snapshot = afresh.judge_now(located, branches, root)
        cache.keep(path, snapshot)
    return snapshot
