"""Judging a register from its history: as it is now, or as it was at a moment."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

from reprieve import progress
from reprieve.errors import RegisterError
from reprieve.register.graph import Graph, read_graph
from reprieve.register.judge import judge
from reprieve.register.layout import BRANCHES, record_number
from reprieve.register.locate import Located
from reprieve.register.snapshot import Branch, Snapshot
from reprieve.register.timeline import read_present


def judge_now(located: Located, branches: Sequence[Branch], root: str | None) -> Snapshot:
    """Two cores at once: git walks the history while the records of the tip are parsed here."""
    git, tip = located.git, located.tip
    with progress.task("Reading the register"), ThreadPoolExecutor(max_workers=1) as aside:
        walking = aside.submit(read_graph, git, [tip, *(branch.tip for branch in branches)])
        present = read_present(git, tip)
        graph = walking.result()
    return judge(git, graph, tip, _unmerged(graph, tip, branches), root, present)


def _unmerged(graph: Graph, tip: str, branches: Sequence[Branch]) -> list[Branch]:
    reachable = set(graph.reachable(tip, ()))
    return [branch for branch in branches if branch.tip not in reachable]


def judge_as_of(located: Located, moment: dt.datetime, root: str | None) -> Snapshot:
    """The register at the last first-parent commit by `moment`, with what was then under way beside it."""
    with progress.task("Reading the register"):
        graph = read_graph(located.git, [located.tip, *located.branches.values()])
    mainline = graph.mainline(located.tip)
    then = _by(graph, mainline, moment)
    if not then:
        first = graph.commits[mainline[0]].at
        raise RegisterError(
            f"--as-of {moment:%Y-%m-%d}: the register begins on {first:%Y-%m-%d}", where=located.ref
        )
    cut = len(then)
    later = [parent for commit in mainline[cut:] for parent in graph.commits[commit].parents[1:]]
    branches = _under_way(graph, [*later, *located.branches.values()], mainline[cut - 1], moment)
    return judge(located.git, graph, mainline[cut - 1], branches, root)


def _by(graph: Graph, mainline: Sequence[str], moment: dt.datetime) -> list[str]:
    """The mainline as it was by `moment`: a commit is never older than the one before it, whatever it says.

    Otherwise a commit that dates itself back would change the past. One dated in the future counts as of
    now, so that it does not hide what follows.
    """
    now = dt.datetime.now(dt.UTC)
    since = dt.datetime.min.replace(tzinfo=dt.UTC)
    for index, commit in enumerate(mainline):
        since = max(since, min(graph.commits[commit].at, now))
        if since > moment:
            return list(mainline[:index])
    return list(mainline)


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
