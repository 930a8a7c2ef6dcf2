"""What happened in a register, from Git alone, as one list of events.

Records speak through their versions: what a commit changed against every one of its parents, as in git's
combined diff, so that a merge repeats nothing of what it brings in. Decisions and answers speak through
their commits, and through what the judge made of them; the charter through its changes and approvals.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Mapping
from typing import Literal, get_args

import msgspec

from reprieve.record.lifecycle import Decision
from reprieve.record.model import Problem, format_id
from reprieve.register.changes import changes
from reprieve.register.graph import Commit, Graph, read_graph
from reprieve.register.layout import (
    CHARTER,
    REGULAR_FILE,
    SIGNERS,
    branch_number,
    branch_of,
    record_number,
)
from reprieve.register.register import Register
from reprieve.register.signatures import Messages, read_messages
from reprieve.register.snapshot import Snapshot
from reprieve.register.timeline import Blobs, Parsed, Timeline, Version
from reprieve.register.trust import decision_commits

Kind = Literal[
    "requested",
    "amended",
    "asked",
    "answered",
    "approved",
    "denied",
    "merged",
    "control",
    "progress",
    "incident",
    "revoked",
    "closed",
    "deleted",
    "charter-changed",
    "charter-approved",
]
KINDS: tuple[Kind, ...] = get_args(Kind)

CHARTER_ID = "charter"
"""What stands for an id in events of the charter."""

_DECIDED: dict[str | None, Kind] = {"approve": "approved", "deny": "denied"}


class Event(msgspec.Struct, frozen=True):
    """One thing that happened."""

    at: dt.datetime
    """The committer date, UTC."""
    kind: Kind
    id: str
    who: str
    """The commit's author: a claim, unless the commit is signed."""
    commit: str
    text: str = ""
    branch: str | None = None
    """The unmerged branch it waits on; None for what is part of the protected branch."""
    counts: bool = True
    """False for a decision that is refused or that a change of the terms ended."""


def events(register: Register, number: int | None = None) -> list[Event]:
    """What happened, oldest first.

    Args:
        register: opened at any moment; with `as_of`, what existed by then.
        number: only this record's events; None for every record's and the charter's.

    Errors: `RegisterError` when git cannot give the history.
    """
    graph = read_graph(register.git, [register.located.tip, *register.located.branches.values()])
    reader = _Reader(register, graph if number is None else _only(graph, number), number)
    found = [event for each in reader.numbers() for event in reader.record(each)]
    if number is None:
        found += reader.charter()
    position = graph.position
    return sorted(found, key=lambda event: (event.at, position[event.commit]))


def _only(graph: Graph, number: int) -> Graph:
    """The same history with the changes of one record only, so that no other is read."""
    kept = {
        commit: tuple(change for change in changed if record_number(change.path) == number)
        for commit, changed in graph.changes.items()
    }
    return Graph(graph.commits, graph.order, kept)


class _Reader:
    def __init__(self, register: Register, graph: Graph, number: int | None) -> None:
        self._graph = graph
        self._snapshot = register.snapshot
        mainline = graph.mainline(register.commit)
        self._merged: Mapping[str, int] = graph.introduced(mainline)
        self._waiting = _waiting(register, graph, self._merged)
        self._timeline = Timeline(graph, mainline)
        self._blobs = Blobs(register.git, graph)
        spoken = decision_commits(graph)
        self._decisions = spoken if number is None else {number: spoken.get(number, [])}
        self._judged = _judged(register.snapshot)
        wanted = [commit.id for commits in self._decisions.values() for commit in commits]
        self._messages: Mapping[str, Messages] = read_messages(register.git, wanted)

    def numbers(self) -> list[int]:
        """Of every record that history knows."""
        return sorted(self._timeline.by_number.keys() | self._decisions.keys())

    def record(self, number: int) -> Iterator[Event]:
        """Events of one record, versions first."""
        seen: set[str | None] = set()
        for version in self._timeline.by_number.get(number, ()):
            if self._is_known(version.commit, number):
                yield from self._version(version, number, seen)
                seen.add(version.blob)
        for commit in self._decisions.get(number, ()):
            if self._is_known(commit.id, number):
                yield from self._spoken(commit, number)

    def charter(self) -> Iterator[Event]:
        """Changes and approvals that are part of the protected branch."""
        rules = {ruling.digest: ruling for ruling in self._snapshot.rulings}
        for name in self._merged:
            commit = self._graph.commits[name]
            touched = {change.path for change in self._graph.changes.get(name, ())} & {CHARTER, SIGNERS}
            if touched:
                kind: Kind = "merged" if len(commit.parents) > 1 else "charter-changed"
                yield _event(commit, kind, CHARTER_ID, commit.subject)
            digest = commit.trailer("Reprieve-Charter")
            if digest:
                ruling = rules.get(digest)
                effect = f"rules since {ruling.since:%Y-%m-%d}" if ruling else "never ruled"
                yield _event(
                    commit, "charter-approved", CHARTER_ID, f"{digest}: {effect}", counts=ruling is not None
                )

    def _is_known(self, commit: str, number: int) -> bool:
        return commit in self._merged or commit in self._waiting.get(number, {})

    def _version(self, version: Version, number: int, seen: Collection[str | None]) -> Iterator[Event]:
        commit = self._graph.commits[version.commit]
        branch = self._waiting.get(number, {}).get(commit.id)
        held = [self._timeline.state_at(parent, number) for parent in commit.parents]
        carried = any(_same(version, state) for state in held[1:])
        if not carried:
            for kind, text in self._changes(version, held):
                if kind != "requested" or not seen:
                    yield _event(commit, kind, format_id(number), text, branch)
                elif version.blob not in seen:  # else a squash merge: the same request once more
                    yield _event(commit, "amended", format_id(number), f"written anew: {text}", branch)
        if commit.id in self._timeline.main_index and self._enters(version, held, carried=carried):
            text = commit.subject if len(commit.parents) > 1 else "committed without a merge commit"
            yield _event(commit, "merged", format_id(number), text)

    def _changes(self, version: Version, held: list[Version | None]) -> list[tuple[Kind, str]]:
        """What the commit itself changed: against every parent that holds the record."""
        after = self._state(version)
        before = [self._state(state) for state in held if state and state.path] or [None]
        found = [changes(state, after) for state in before]
        return [change for change in found[0] if all(change in other for other in found[1:])]

    def _enters(self, version: Version, held: list[Version | None], *, carried: bool) -> bool:
        """Whether the commit brings something to the protected branch that was not written on it."""
        if len(held) > 1:
            return carried or (version.path is not None and not version.archived)
        return version.path is not None and not (held and held[0] and held[0].path)

    def _state(self, version: Version | None) -> Parsed | None:
        if version is None or version.path is None or version.blob is None:
            return None
        if version.mode != REGULAR_FILE:
            return [Problem(rule="file-mode", message=f"mode {version.mode}", path=version.path)]
        return self._blobs.parsed(version.path, version.blob)

    def _spoken(self, commit: Commit, number: int) -> Iterator[Event]:
        branch = self._waiting.get(number, {}).get(commit.id)
        message = self._messages[commit.id].body
        verdict = commit.trailer("Reprieve-Decision")
        if verdict is not None:
            decision = self._judged.get(commit.id)
            unknown = "not judged, as the record is gone or cannot be read"
            outcome = fate(decision.refused, decision.ended) if decision else unknown
            text = "; ".join(filter(None, (_as_role(commit, message), outcome)))
            counts = decision is not None and decision.stands
            kind = _DECIDED.get(verdict, "asked")
            yield _event(commit, kind, format_id(number), text, branch, counts=counts)
        if commit.trailer("Reprieve-Answer") is not None:
            yield _event(commit, "answered", format_id(number), message, branch)


def _event(
    commit: Commit, kind: Kind, identifier: str, text: str, branch: str | None = None, *, counts: bool = True
) -> Event:
    return Event(commit.at, kind, identifier, commit.author, commit.id, text, branch, counts)


def _same(version: Version, state: Version | None) -> bool:
    """Whether a parent held exactly this already, or had nothing where now there is nothing."""
    if state is None or state.path is None:
        return version.path is None
    return (version.path, version.blob, version.mode) == (state.path, state.blob, state.mode)


def _as_role(commit: Commit, note: str) -> str:
    role, covers = commit.trailer("Reprieve-Role"), commit.trailer("Reprieve-Covers")
    counted = f", covering {covers}" if covers else ""
    return f"as {role or 'nobody'}{counted}" + (f": {note}" if note else "")


def fate(refused: str | None, ended: dt.datetime | None) -> str:
    """What became of a decision, in words; empty for one that counts."""
    if ended is not None:
        return f"ended on {ended:%Y-%m-%d}, when the terms changed"
    return f"does not count: {refused}" if refused else ""


def _judged(snapshot: Snapshot) -> dict[str, Decision]:
    """Every decision by its commit; as the protected branch has it, where that knows it."""
    cases = (*snapshot.proposed, *snapshot.cases)
    return {decision.commit: decision for case in cases for decision in case.facts.decisions}


def _waiting(register: Register, graph: Graph, merged: Collection[str]) -> dict[int, dict[str, str]]:
    """Number -> commit -> branch, of what unmerged branches hold for the record they are named after."""
    found: dict[int, dict[str, str]] = {}
    if register.as_of is not None:
        # Branches of the past are gone or have moved on: what was there is what had been committed.
        then = [name for name, c in graph.commits.items() if name not in merged and c.at <= register.as_of]
        return {
            case.number: dict.fromkeys(then, case.branch or branch_of(case.number))
            for case in register.snapshot.proposed
        }
    for name, tip in sorted(register.located.branches.items()):
        number = branch_number(name)
        if number is not None:
            commits = found.setdefault(number, {})
            for commit in graph.reachable(tip, merged):
                commits.setdefault(commit, name)
    return found
