"""The register as callers use it: opened at a place, judged once, asked at any moment."""

from __future__ import annotations

import datetime as dt
import os
import re
from collections.abc import Sequence

from reprieve.collector import gc_paused
from reprieve.errors import RegisterError
from reprieve.record.lifecycle import Standing, Trust
from reprieve.register import cache, locate
from reprieve.register.git import Git
from reprieve.register.graph import Graph, read_graph
from reprieve.register.judge import Branch, judge
from reprieve.register.layout import BRANCHES, record_number
from reprieve.register.locate import Located
from reprieve.register.snapshot import Case, Snapshot

_BRANCH = re.compile(rf"{BRANCHES}EXC-(\d{{3,12}})(?:-[a-z]+)?")


class Register:
    """A register at one commit of its protected branch. Open one with `Register.open`."""

    def __init__(self, located: Located, snapshot: Snapshot, *, as_of: dt.datetime | None = None) -> None:
        self.located = located
        self.snapshot = snapshot
        self.as_of = as_of

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
        fetch = bool(os.environ.get("CI")) if fetch is None else fetch
        located = locate.locate(os.fspath(where) if where is not None else None, ref=ref, fetch=fetch)
        if as_of is not None:
            return cls(located, _judged_as_of(located, as_of, charter_root), as_of=as_of)
        branches = [
            Branch(name, tip, int(match[1]))
            for name, tip in sorted(located.branches.items())
            if (match := _BRANCH.fullmatch(name))
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
        """Every exception with where it stands at `now`: merged ones first, then those on branches."""
        every = (*self.snapshot.cases, *self.snapshot.proposed)
        return [(case, self.snapshot.standing(case, now)) for case in every]

    def graph(self) -> Graph:
        """The whole history, for questions that the snapshot does not answer."""
        return read_graph(self.git, [self.commit, *self.located.branches.values()])

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
    snapshot = cache.load(path)
    if snapshot is None:
        with gc_paused():
            snapshot = _judge_now(located, branches, root)
        cache.save(path, snapshot)
    return snapshot


def _judge_now(located: Located, branches: Sequence[Branch], root: str | None) -> Snapshot:
    graph = read_graph(located.git, [located.tip, *(branch.tip for branch in branches)])
    return judge(located.git, graph, located.tip, _unmerged(graph, located.tip, branches), root)


def _unmerged(graph: Graph, tip: str, branches: Sequence[Branch]) -> list[Branch]:
    reachable = set(graph.reachable(tip, ()))
    return [branch for branch in branches if branch.tip not in reachable]


def _judged_as_of(located: Located, moment: dt.datetime, root: str | None) -> Snapshot:
    """The register at the last first-parent commit by `moment`, with what was then under way beside it."""
    graph = read_graph(located.git, [located.tip, *located.branches.values()])
    mainline = graph.mainline(located.tip)
    then = [commit for commit in mainline if graph.commits[commit].at <= moment]
    if not then:
        first = graph.commits[mainline[0]].at
        raise RegisterError(
            f"--as-of {moment:%Y-%m-%d}: the register begins on {first:%Y-%m-%d}", where=located.ref
        )
    cut = mainline.index(then[-1]) + 1
    later = [parent for commit in mainline[cut:] for parent in graph.commits[commit].parents[1:]]
    branches = _under_way(graph, [*later, *located.branches.values()], mainline[cut - 1], moment)
    return judge(located.git, graph, mainline[cut - 1], branches, root)


def _under_way(graph: Graph, tips: Sequence[str], cut: str, moment: dt.datetime) -> list[Branch]:
    """What was asked for by `moment` on branches that were merged later, or never."""
    merged = set(graph.reachable(cut, ()))
    found: dict[int, Branch] = {}
    for tip in tips:
        at: str | None = tip
        while at is not None and at not in merged and graph.commits[at].at > moment:
            at = graph.commits[at].parents[0] if graph.commits[at].parents else None
        if at is None or at in merged:
            continue
        for number in _numbers_asked(graph, at, merged):
            found[number] = Branch(f"{BRANCHES}EXC-{number:03d}", at, number)
    return list(found.values())


def _numbers_asked(graph: Graph, tip: str, merged: set[str]) -> set[int]:
    exclusive = graph.reachable(tip, merged)
    numbers = {record_number(change.path) for commit in exclusive for change in graph.changes.get(commit, ())}
    return {number for number in numbers if number is not None}
