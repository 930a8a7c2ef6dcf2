"""Each record as it was judged at every moment of its life: one walk of the history, not one for each day.

What the judge says of a record changes only when something about it does: a version of it or a decision on
it enters the protected branch, a request on a branch is written or decided on, the charter that judges it
changes, or another record does that it is counted with (renewals, critical ones in production). Between two
such moments the case stays the same, and where it stands is a function of the clock alone
(`record.lifecycle.standing`).

Held to be the same as opening the register `--as-of` each moment (`register.afresh`) by a property test.
"""

from __future__ import annotations

import bisect
import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

import msgspec

from reprieve import progress
from reprieve.collector import gc_paused
from reprieve.record.lifecycle import Final
from reprieve.record.model import id_number
from reprieve.register.finals import ends
from reprieve.register.graph import Graph
from reprieve.register.judge import Grounds, Judge, grounds, without_twins
from reprieve.register.layout import BRANCHES, record_number
from reprieve.register.register import Register
from reprieve.register.snapshot import Case, Ruling
from reprieve.register.timeline import Version
from reprieve.register.together import limited, with_renewals
from reprieve.register.trust import Evidence

_BEGINNING = dt.datetime.min.replace(tzinfo=dt.UTC)


class Era(msgspec.Struct, frozen=True):
    """From `since` on, until the next era of the same record, its case is this one."""

    since: dt.datetime
    case: Case | None
    """None where there is nothing: the branch that asked for it had not come, or was of no use."""


class Eras(msgspec.Struct, frozen=True):
    """Every record's eras, oldest first, by its number; and the charters that cases refer to."""

    of: Mapping[int, Sequence[Era]]
    rulings: Sequence[Ruling]

    def until(self, moment: dt.datetime) -> Eras:
        """As they were known at a moment: without any that began later."""
        known = {
            number: [era for era in own if era.since <= moment]
            for number, own in self.of.items()
            if own and own[0].since <= moment
        }
        return Eras(known, self.rulings)


def eras(register: Register) -> Eras:
    """Every record's eras up to the present.

    What the protected branch holds of an id counts before what a branch asks for it. Branches that are gone
    without having been merged have left no trace.

    Args:
        register: opened at any moment; all that there is to be read now is read.

    Errors: `RegisterError` when git cannot give the history.
    """
    graph = register.graph()
    mainline = graph.mainline(register.located.tip)
    with gc_paused():
        ground = grounds(register.git, graph, mainline, register.snapshot.rulings[0].digest)
        walk = _Walk(ground, graph, mainline, list(register.located.branches.values()))
        found: dict[int, list[Era]] = {}
        numbers = walk.numbers()
        with progress.task("Following the records through time", len(numbers), "records") as advance:
            for number in numbers:
                found[number] = walk.eras(number)
                advance(1)
        ground.verifier.keep()
        counted = _counted_together(found, ground.rulings.history)
    return Eras(counted, ground.rulings.history)


class _Walk:
    def __init__(
        self, ground: Grounds, graph: Graph, mainline: Sequence[str], branches: Sequence[str]
    ) -> None:
        self._ground = ground
        self._graph = graph
        self._timeline = ground.evidence.timeline
        self._since = _clock(graph, mainline)
        self._finals = _by_number(
            ends(graph, self._timeline, ground.evidence.blobs, ground.introduced), ground.introduced
        )
        self._asking = self._lines(mainline, branches)
        rulings = ground.rulings.at
        self._changes = [index for index in range(1, len(rulings)) if rulings[index] != rulings[index - 1]]

    def numbers(self) -> list[int]:
        """Of every record that was ever held or asked for."""
        return sorted(self._timeline.on_main.keys() | self._asking.keys())

    def eras(self, number: int) -> list[Era]:
        """First those in which it was asked for on branches, then those on the protected branch."""
        indexes = self._timeline.on_main.get(number, ([], []))[0]
        merged = self._since[indexes[0]] if indexes else None
        found = list(self._asked(number, merged))
        if indexes:
            found += self._held(number, indexes)
        return _without_repeats(found)

    def _held(self, number: int, indexes: Sequence[int]) -> Iterator[Era]:
        introduced = self._ground.introduced
        spoken = [commit.id for commit in self._ground.evidence.decisions.get(number, ())]
        came = {introduced[name] for name in spoken if name in introduced}
        own = [version.commit for version in self._timeline.by_number[number]] + spoken
        paths = self._paths(number, indexes)
        for index in sorted({*indexes, *(at for at in came if at > indexes[0])}):
            version = self._timeline.state_on_main(index, number)
            assert version is not None  # noqa: S101  (nothing before the first index is asked for)
            commits = {name for name in own if introduced.get(name, index + 1) <= index}
            case = self._case(number, version, commits, index, merged=True)
            yield Era(self._since[index], without_twins(case, paths[max(i for i in paths if i <= index)]))

    def _asked(self, number: int, until: dt.datetime | None) -> Iterator[Era]:
        """What branches asked for before it was merged."""
        lines = self._asking.get(number, ())
        moments = {self._graph.commits[name].at for line in lines for name in line}
        if moments:
            first = min(moments)
            moments |= {self._since[index] for index in self._changes if self._since[index] > first}
        for moment in sorted(moments):
            if until is None or moment < until:
                yield Era(moment, self._proposal(number, lines, moment))

    def _proposal(self, number: int, lines: Sequence[Sequence[str]], moment: dt.datetime) -> Case | None:
        index = _last_by(self._since, moment)
        if index is None:
            return None
        for line in reversed(lines):
            at = next((name for name in line if self._graph.commits[name].at <= moment), None)
            exclusive = self._beyond(at, index) if at else set()
            if at is None or not any(self._touches(name, number) for name in exclusive):
                continue
            version = self._timeline.state_at(at, number)
            if version is None or version.path is None or version.archived:
                return None
            return self._case(number, version, exclusive, index, merged=False)
        return None

    def _beyond(self, tip: str, index: int) -> set[str]:
        """The commits behind a tip that the protected branch did not have at an index."""
        stack, seen = [tip], set()
        while stack:
            name = stack.pop()
            if name not in seen and self._ground.introduced.get(name, index + 1) > index:
                seen.add(name)
                stack.extend(self._graph.commits[name].parents)
        return seen

    def _case(
        self, number: int, version: Version, commits: Collection[str], index: int, *, merged: bool
    ) -> Case:
        """The case as the judge made it when the protected branch had come as far as `index`."""
        ground = self._ground
        final = next((end for at, end in self._finals.get(number, ()) if at <= index), None)

        def ruling_at(commit: str) -> Ruling | None:
            came = ground.introduced.get(commit, index + 1)
            return ground.rulings.history[ground.rulings.at[came]] if came <= index else None

        then: Evidence = msgspec.structs.replace(
            ground.evidence, finals={number: final} if final else {}, ruling_at=ruling_at
        )
        branch = None if merged else f"{BRANCHES}EXC-{number:03d}"
        return Judge(then, ground.rulings, ground.introduced, index).case(
            number, version, commits, branch=branch
        )

    def _touches(self, commit: str, number: int) -> bool:
        return any(record_number(change.path) == number for change in self._graph.changes.get(commit, ()))

    def _paths(self, number: int, indexes: Sequence[int]) -> dict[int, tuple[str, ...]]:
        """Index on the mainline -> the files that the id has from then on."""
        held: set[str] = set()
        found = {}
        for index in indexes:
            for change in self._graph.changes.get(self._timeline.mainline[index], ()):
                if record_number(change.path) == number:
                    (held.add if change.new else held.discard)(change.path)
            found[index] = tuple(held)
        return found

    def _lines(self, mainline: Sequence[str], branches: Sequence[str]) -> dict[int, list[Sequence[str]]]:
        """Number -> the lines of work on its record, newest commit first, in the order of `afresh`."""
        introduced = self._ground.introduced
        merges = [
            (parent, index)
            for index, commit in enumerate(mainline)
            for parent in self._graph.commits[commit].parents[1:]
        ]
        unmerged = [(tip, len(mainline)) for tip in branches if tip not in introduced]
        found: defaultdict[int, list[Sequence[str]]] = defaultdict(list)
        for tip, index in [*merges, *unmerged]:
            came = self._beyond(tip, index - 1)
            line = list(self._line(tip))
            touched = {record_number(c.path) for name in came for c in self._graph.changes.get(name, ())}
            for number in touched:
                if number is not None:
                    found[number].append(line)
        return found

    def _line(self, tip: str) -> Iterator[str]:
        """First parents, from the tip back to the protected branch."""
        at: str | None = tip
        while at is not None and at not in self._timeline.main_index:
            yield at
            parents = self._graph.commits[at].parents
            at = parents[0] if parents else None


def _clock(graph: Graph, mainline: Sequence[str]) -> list[dt.datetime]:
    """When each commit of the protected branch counts as made: never before the one before it (`afresh`)."""
    now = dt.datetime.now(dt.UTC)
    since, found = _BEGINNING, []
    for commit in mainline:
        since = max(since, min(graph.commits[commit].at, now))
        found.append(since)
    return found


def _last_by(since: Sequence[dt.datetime], moment: dt.datetime) -> int | None:
    found = bisect.bisect_right(since, moment)
    return found - 1 if found else None


def _by_number(
    events: Iterable[tuple[int, Final]], introduced: Mapping[str, int]
) -> dict[int, list[tuple[int, Final]]]:
    """Number -> the index at which each of its ends came in, and the end; in the order of history."""
    found: defaultdict[int, list[tuple[int, Final]]] = defaultdict(list)
    for number, end in events:
        found[number].append((introduced[end.commit], end))
    return dict(found)


def _without_repeats(found: Sequence[Era]) -> list[Era]:
    """Of several eras that begin at one moment the last; and none that says what the one before it said."""
    kept: list[Era] = []
    for era in found:
        if kept and kept[-1].since == era.since:
            kept.pop()
        if not kept or kept[-1].case != era.case:
            kept.append(era)
    return kept


def _counted_together(found: dict[int, list[Era]], rulings: Sequence[Ruling]) -> dict[int, list[Era]]:
    """The eras with what only several records show, wherever a record is counted with others."""
    result = dict(found)
    for group in _groups(found, rulings):
        eras_of = {number: found.get(number, []) for number in group}
        moments = sorted({era.since for own in eras_of.values() for era in own})
        anew: dict[int, list[Era]] = {number: [] for number in eras_of}
        place = dict.fromkeys(eras_of, -1)
        for moment in moments:
            for number, own in eras_of.items():
                while place[number] + 1 < len(own) and own[place[number] + 1].since <= moment:
                    place[number] += 1
            cases = [own[place[n]].case for n, own in eras_of.items() if place[n] >= 0]
            for number, case in _judged_together([case for case in cases if case], rulings).items():
                anew[number].append(Era(moment, case))
            for number in eras_of:
                gone = place[number] >= 0 and eras_of[number][place[number]].case is None
                if gone:
                    anew[number].append(Era(moment, None))
        result |= {number: _without_repeats(own) for number, own in anew.items() if number in found}
    return result


def _judged_together(cases: Sequence[Case], rulings: Sequence[Ruling]) -> dict[int, Case]:
    merged = [case for case in cases if case.branch is None]
    by_number = {case.number: case for case in merged}
    asked = [with_renewals(case, by_number, rulings) for case in cases if case.branch is not None]
    return {case.number: case for case in (*limited(merged, rulings), *asked)}


def _groups(found: Mapping[int, Sequence[Era]], rulings: Sequence[Ruling]) -> list[list[int]]:
    """Numbers counted together: by renewals; and, where there is a limit, as critical in production."""
    is_limited = any(ruling.charter.limits.critical_in_production for ruling in rulings)
    leader: dict[int, int] = {}

    def lead(number: int) -> int:
        while leader.setdefault(number, number) != number:
            number = leader[number]
        return number

    critical: int | None = None
    for number, own in found.items():
        for record in (era.case.record for era in own if era.case and era.case.record):
            renewed = id_number(record.renews) if record.renews else None
            if record.renews:
                leader[lead(number)] = lead(number if renewed is None else renewed)
            if is_limited and (record.risk, record.environment) == ("critical", "production"):
                critical = number if critical is None else critical
                leader[lead(number)] = lead(critical)
    groups: defaultdict[int, list[int]] = defaultdict(list)
    for number in sorted(leader):
        groups[lead(number)].append(number)
    return list(groups.values())
