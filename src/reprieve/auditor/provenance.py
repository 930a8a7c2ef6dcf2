"""Where every number of a report comes from: which commits were read, and which charter judged them."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping

import msgspec

from reprieve.record.lifecycle import Trust
from reprieve.record.model import Problem
from reprieve.register.graph import Graph
from reprieve.register.register import Register
from reprieve.version import __version__


class Charters(msgspec.Struct, frozen=True):
    """One charter, and since when and why it rules or ruled."""

    digest: str
    commit: str
    since: dt.datetime
    why: str


class Provenance(msgspec.Struct, frozen=True):
    """What was read. The same commits and dates give the same report, byte for byte."""

    ref: str
    """The protected branch."""
    commit: str
    """Of the protected branch, at the date of the report: the register that was judged."""
    committed: dt.datetime
    root: str
    """The first commit of the protected branch: what tells this register from any other."""
    tip: str
    """The newest commit of the protected branch that was there to be read."""
    commits: int
    """In the history of `commit`, itself included."""
    merges: int
    """Of those, on its first-parent history: each is one change of the protected branch."""
    records: int
    """Ids that the register ever held or is asked for."""
    files: int
    """Record files that `commit` holds, archive included."""
    invalid: int
    """Records that are invalid at the date: they cover nothing."""
    problems: tuple[Problem, ...]
    """Of the register itself, and of every record that is not over."""
    charter: Charters
    """The one in force at the date."""
    charters: tuple[Charters, ...]
    """Every one that ever ruled by then, oldest first."""
    trust: Trust
    """What the exceptions in force rest on: the weakest of them."""
    branches: int
    """Unmerged branches that ask for something."""
    branches_digest: str
    """`sha256:…` over their names and commits: with `tip`, all that the report can depend on."""
    reprieve: str
    """The version of this program."""


def provenance(register: Register, now: dt.datetime, graph: Graph) -> Provenance:
    """What a report about `now` rests on.

    Args:
        register: opened, as of that moment where it is a past one.
        now: the moment that is reported about.
        graph: the register's whole history.
    """
    snapshot = register.snapshot
    cases = register.cases(now)
    mainline = graph.mainline(register.commit)
    charters = tuple(Charters(r.digest, r.commit, r.since, r.why) for r in snapshot.rulings)
    unmerged = _unmerged(register, graph)
    return Provenance(
        ref=register.located.branch or register.located.ref,
        commit=register.commit,
        committed=graph.commits[register.commit].at,
        root=mainline[0],
        tip=register.located.tip,
        commits=len(graph.reachable(register.commit, ())),
        merges=len(mainline),
        records=len({case.number for case, _ in cases}),
        files=sum(case.branch is None and case.blob is not None for case, _ in cases),
        invalid=sum(standing.status == "invalid" for _, standing in cases),
        problems=problems(register, now),
        charter=charters[snapshot.ruling],
        charters=charters,
        trust=register.trust(now),
        branches=len(unmerged),
        branches_digest=_digest(unmerged),
        reprieve=__version__,
    )


def problems(register: Register, now: dt.datetime) -> tuple[Problem, ...]:
    """What is wrong with the register, and with each record; a record that is invalid has at least one."""
    found = list(register.snapshot.problems)
    for case, standing in register.cases(now):
        found += case.problems
        if standing.status == "invalid" and not any(p.level == "error" for p in case.problems):
            found.append(Problem(rule="dates", message=standing.reason, path=case.path, exception=case.id))
        if standing.status == "void":
            found.append(Problem(rule="void", message=standing.reason, path=case.path, exception=case.id))
    return tuple(found)


def _unmerged(register: Register, graph: Graph) -> dict[str, str]:
    merged = set(graph.reachable(register.located.tip, ()))
    return {name: tip for name, tip in register.located.branches.items() if tip not in merged}


def _digest(branches: Mapping[str, str]) -> str:
    lines = "".join(f"{name} {tip}\n" for name, tip in sorted(branches.items()))
    return f"sha256:{hashlib.sha256(lines.encode()).hexdigest()}"
