"""Which exceptions are still needed, and since when those that are not were not."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Literal, get_args

import msgspec

from reprieve import progress
from reprieve.findings.aliases import names_of
from reprieve.record import glob
from reprieve.record.lifecycle import Status
from reprieve.record.model import Record
from reprieve.record.scope import values_of
from reprieve.register.register import Register
from reprieve.standing.hiding import Hiding
from reprieve.standing.radius import EnvironmentOf
from reprieve.standing.results import Place, read
from reprieve.standing.trails import Mark, Trail, Trails, Vantage

State = Literal[
    "never-matched",
    "no-longer-matching",
    "target-gone",
    "not-seen",
    "check-retired",
    "fix-available",
    "unknown",
    "not-looked-at",
    "needed",
]
STATES: tuple[State, ...] = get_args(State)
"""What is to be done about first."""

CONCERNED: frozenset[Status] = frozenset({"approved", "active", "expired"})


class Use(msgspec.Struct, frozen=True):
    """One exception, and whether it is still needed."""

    id: str
    summary: str
    owner: str
    status: Status
    expires: dt.date
    state: State
    since: dt.datetime | None
    """When the first result that says so was taken; None for what is needed or was not looked at."""
    result: Mark | None
    """That result."""
    last_match: Mark | None
    """The last result in which it covered something."""
    findings: int
    """What it covered there."""
    native: int
    """Those that the scanner itself suppressed."""
    fixable: int
    """Those that have a fix."""
    looks: int
    """Results that looked at its target."""
    tools: tuple[str, ...]
    """Whose."""


Known = Callable[[], Collection[str]]
"""Every name of the built-in checks; asked for only when it matters."""


def uses(
    register: Register,
    places: Sequence[Place],
    now: dt.datetime,
    builtin: Known,
    *,
    environment_of: EnvironmentOf | None = None,
    cluster: str | None = None,
    repository: str | None = None,
    format_: str | None = None,
) -> list[Use]:
    """Whether each exception that was approved is still needed, as far as the results tell; by id.

    Args:
        register: opened.
        places: from `results.find`, oldest first.
        now: where the exceptions stand.
        builtin: the names of our own checks.
        environment_of: over the charter's map, for scanners' own reports.
        cluster: of these, over what they say.
        repository: the same.
        format_: theirs; by content when None.

    Errors: `ReportError` for a result that cannot be read whole.
    """
    charter = register.snapshot.charter
    cases = [
        (case.record, standing.status)
        for case, standing in register.cases(now)
        if case.branch is None and case.record is not None and standing.status in CONCERNED
    ]
    trails = Trails([record for record, _ in cases], Hiding(charter).may_hide)
    with progress.task("Looking back", len(places), "results") as advance:
        for place in places:
            result = read(
                place, environment_of or charter.environment_of, cluster, repository, format_=format_
            )
            trails.follow(result)
            advance(1)
    return [judged(record, status, trails, builtin) for record, status in cases]


def judged(record: Record, status: Status, trails: Trails, builtin: Known) -> Use:
    """One exception, by the trails that the results left; see `uses` for the last argument."""
    own = trails.of[record.id]
    state, result = _state(record, own, trails.knows, builtin)
    alive = [trail for trail in own.values() if trail.alive]
    matched = max((trail for trail in own.values() if trail.matched), key=_last, default=None)
    counted = alive or ([matched] if matched else [])
    return Use(
        id=record.id,
        summary=record.summary,
        owner=record.owner,
        status=status,
        expires=record.expires,
        state=state,
        since=result.at if result else None,
        result=result,
        last_match=matched.matched if matched else None,
        findings=sum(trail.findings for trail in counted),
        native=sum(trail.native for trail in counted),
        fixable=sum(trail.fixable for trail in counted),
        looks=sum(trail.looks for trail in own.values()),
        tools=tuple(sorted({vantage.tool for vantage in own})),
    )


def _last(trail: Trail) -> Mark:
    assert trail.matched is not None  # noqa: S101
    return trail.matched


def _state(
    record: Record,
    own: Mapping[Vantage, Trail],
    knows: Mapping[str, tuple[Mark, frozenset[str]]],
    builtin: Known,
) -> tuple[State, Mark | None]:
    """The state, and the first result that shows it; the rules in the order in which they are tried.

    Anything that still covers a finding is needed. What some vantage cannot tell is unknown, whatever the
    others say. What matched once, somewhere, is judged by where it did.
    """
    trails = list(own.values())
    alive = [trail for trail in trails if trail.alive]
    if alive:
        fixed = [trail.fixed for trail in alive if trail.fixed]
        return ("fix-available", min(fixed)) if fixed else ("needed", None)
    if retired := _retired(record, own, knows, builtin):
        return "check-retired", retired
    if hidden := [trail.hidden for trail in trails if trail.hidden and not trail.ended]:
        return "unknown", min(hidden)
    return _ended([trail for trail in trails if trail.matched] or trails)


def _ended(trails: Sequence[Trail]) -> tuple[State, Mark | None]:
    """The same where nothing is covered any more, by the vantages that count."""
    ends = [trail.ended for trail in trails if trail.ended]
    if not ends:
        return "not-looked-at", None
    gone = [trail.gone for trail in trails if trail.gone]
    if len(gone) == len(trails):
        return "target-gone", max(gone)
    gone += [trail.unseen for trail in trails if trail.unseen and not (trail.gone or trail.missed)]
    if len(gone) == len(trails):
        return "not-seen", max(gone)
    if any(trail.matched for trail in trails):
        return "no-longer-matching", max(ends)
    return "never-matched", min(ends)


def _retired(
    record: Record,
    own: Mapping[Vantage, Trail],
    knows: Mapping[str, tuple[Mark, frozenset[str]]],
    builtin: Known,
) -> Mark | None:
    """The result by which whatever found something knows, or runs, none of the checks any more.

    Only for checks that are named without wildcards, and found before: of others nobody can say whose they
    are.
    """
    names = _checks(record)
    marks = []
    for vantage, trail in own.items():
        if not trail.matched:
            continue
        if vantage.tool in knows and not _known(names, knows[vantage.tool][1]):
            marks.append(knows[vantage.tool][0])
        elif trail.retired:
            marks.append(trail.retired)
        elif trail.builtin and trail.ended and not _known(names, builtin()):
            marks.append(trail.ended)
        else:
            return None
    return max(marks) if marks and names else None


def _known(names: Iterable[str], known: Collection[str]) -> bool:
    return any(spelling in known for name in names for spelling in names_of(name))


def _checks(record: Record) -> set[str]:
    """Every check that the scope names; none when some entry names none, or by a pattern."""
    named = [values_of(entry, "checks") for entry in record.scope]
    if not all(named) or not all(glob.is_literal(check) for checks in named for check in checks):
        return set()
    return {check for checks in named for check in checks}
