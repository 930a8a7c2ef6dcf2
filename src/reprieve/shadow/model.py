"""What an audit finds: places in a tree that silence a scanner."""

from __future__ import annotations

import datetime as dt
from typing import Literal

import msgspec

from reprieve.findings.model import Fault
from reprieve.words import CheckType

Kind = Literal["marker", "entry", "object", "flag"]
"""A comment or annotation in code; an entry of a tool's own file; an object of a cluster; a run's setting."""

State = Literal["shadow", "backed", "known", "lapsed"]
"""No active record behind it; one behind it; none, but in the baseline; over by its tool's own clock."""

STATES: tuple[State, ...] = ("shadow", "backed", "known", "lapsed")

PLACES = ("paths", "namespaces", "resources", "clusters", "images", "packages")
"""The keys of a scope by which a suppression may be narrowed: fields of `Silenced`."""


class Silenced(msgspec.Struct, frozen=True):
    """What a suppression silences, in the words of a scope.

    Every key holds patterns of scopes (`record.glob`), each of which is silenced; `*` is everything of that
    kind. An empty key is one that nobody can tell from the file: a comment doesn't know its cluster.
    """

    type: CheckType | None = None
    checks: tuple[str, ...] = ()
    """Ids, or patterns of them; none is all that the tool would say."""
    paths: tuple[str, ...] = ()
    namespaces: tuple[str, ...] = ()
    resources: tuple[str, ...] = ()
    clusters: tuple[str, ...] = ()
    images: tuple[str, ...] = ()
    packages: tuple[str, ...] = ()


class Suppression(msgspec.Struct, frozen=True, kw_only=True):
    """One place that silences a scanner."""

    path: str
    """As it is shown."""
    name: str
    """The file relative to the top of its repository, `/`-separated."""
    line: int
    """From 1."""
    kind: Kind
    tool: str
    """The scanner that is silenced, in lower case: `trivy`, `checkov`."""
    form: str
    """How: the name of a marker (`checkov`), of a format (`trivyignore`), or the option (`--skip-check`)."""
    text: str
    """What stands there, on one line, shortened; never a secret."""
    silenced: Silenced
    reason: str | None = None
    expires: str | None = None
    """As it is written there."""
    lapses: dt.datetime | None = None
    """When it ends by the tool's own rule; None when no tool ends it."""
    cites: tuple[str, ...] = ()
    """Ids of records that it names."""
    context: str = ""
    """What tells it from others in its file and survives a shift of lines."""


class Outcome(msgspec.Struct):
    """What came of some files."""

    found: list[Suppression] = []
    uncertain: list[tuple[str, Suppression]] = []
    """By the linter that has to have its security rules in use, for the marker to silence one of them."""
    in_use: list[str] = []
    """Linters whose security rules are in use, by these files."""
    faults: list[Fault] = []
    files: int = 0
    bytes: int = 0
    skipped: dict[str, int] = {}


class Since(msgspec.Struct, frozen=True):
    """Who put a line there, and when, by `git blame`."""

    commit: str
    author: str
    """The name."""
    email: str
    at: dt.datetime


class Behind(msgspec.Struct, frozen=True):
    """What stands behind a suppression."""

    record: str | None
    """The id; of one that is not active, or does not cover it, when `holds` is false."""
    holds: bool
    why: str
    """In words: what covers it, or why nothing does."""


class Audited(msgspec.Struct, frozen=True):
    """A suppression, judged."""

    suppression: Suppression
    state: State
    behind: Behind
    identity: str
    """Names it in a baseline: survives shifts of lines, not changes of what is silenced."""
    since: Since | None = None


class RegisterSeen(msgspec.Struct, frozen=True):
    """Which register the judgement rests on."""

    commit: str
    ref: str
    age_hours: int
    active: int
    """Records that suppress."""


class Audit(msgspec.Struct, frozen=True):
    """What an audit found, in the order of places."""

    now: dt.datetime
    simulated: bool
    register: RegisterSeen | None
    """None when no register is in play: nothing is backed."""
    found: list[Audited]
    faults: list[Fault]
    files: int
    bytes: int
    skipped: dict[str, int]
    """Reason -> files that were not read."""
    unused: dict[str, int] = {}
    """Linter -> markers left out, since nothing in the tree says that its security rules are in use."""
    gone: int = 0
    """Entries of the baseline that are not there any more."""

    def count(self, state: State) -> int:
        """How many are in a state."""
        return sum(one.state == state for one in self.found)
