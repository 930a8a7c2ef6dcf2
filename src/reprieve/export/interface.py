"""What each file in this folder provides: one native format, and how much of a record it can say.

The rule of the room: an entry of a native file never silences a finding that the gate would not except.
What a format cannot say is left out, with the reason; nothing is said in a wider way.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Literal, NamedTuple

from reprieve.findings.model import Finding
from reprieve.findings.source import Source
from reprieve.record.charter import Charter
from reprieve.record.model import Record, ScopeEntry
from reprieve.report.text import clean
from reprieve.words import Environment


class Grant(NamedTuple):
    """An active record, and what a statement about it has to say."""

    record: Record
    approved_by: tuple[str, ...] = ()
    """`carol@example.com (ciso)`, in the order of their decisions."""
    decided: dt.date | None = None
    """The day of the last decision, UTC; None when merging was the approval."""
    justification: str = ""
    """The record's own section of that name."""

    @property
    def id(self) -> str:
        """`EXC-007`."""
        return self.record.id

    @property
    def over(self) -> dt.date:
        """The first day, UTC, on which it no longer holds: what tools take whose dates exclude the day."""
        return self.record.last_moment().date()

    @property
    def note(self) -> str:
        """`EXC-007, until 2027-01-30: Legacy billing runs as root.`, on one line and harmless."""
        return f"{self.id}, until {self.record.expires}: {clean(self.record.summary)}"


class Target(NamedTuple):
    """What the scans are of that will use the file: what `gate` is told, or reads from an image's report."""

    charter: Charter
    cluster: str | None = None
    environment: Environment | None = None
    repository: str | None = None
    image: str | None = None

    def environment_of(self, cluster: str | None) -> Environment:
        """That of a finding in this cluster, as `gate` has it."""
        return self.environment or self.charter.environment_of(cluster)


class Left(NamedTuple):
    """A scope entry, or a part of one, that the format cannot say exactly."""

    exception: str
    entry: int
    """Its number in the record's scope, from 1."""
    reason: str
    part: str = ""
    """The value that was left out, when others of the entry were written: `checks: CKV_*`."""


class Aside(NamedTuple):
    """A scope entry that has no say here: it is about other tools, other kinds of findings, other targets."""

    exception: str
    entry: int
    reason: str


class Given(NamedTuple):
    """A report, with what it takes to write about its findings in its own words."""

    source: Source
    """As it was read, decoded again by formats that need more than a `Finding` holds."""
    format: str
    findings: Sequence[Finding]
    fingerprints: Sequence[str]


class Job(NamedTuple):
    """What there is to write."""

    grants: Sequence[Grant]
    """By id."""
    target: Target
    reports: Sequence[Given] = ()


class Written(NamedTuple):
    """What a format made of it."""

    files: dict[str, str]
    """Content by name below `--out`; the one name of a single file is empty."""
    entries: int
    """Scope entries, or findings, that are in it."""
    left: tuple[Left, ...] = ()
    aside: tuple[Aside, ...] = ()


class Format(NamedTuple):
    """One native format of one tool."""

    title: str
    """For people: `Trivy, .trivyignore.yaml`."""
    file: str
    """Where the tool looks for it, or what it is usually called."""
    says: str
    """What its entries can say, in words for the documentation."""
    expiry: str
    """What makes an entry end, in words for the documentation."""
    write: Callable[[Job], Written]
    reports: Literal["none", "optional", "needed"] = "none"
    """Whether it is made from the findings of reports: not at all, in part, or as a whole."""
    reads: tuple[str, ...] = ()
    """The formats of the reports that it takes; any when empty."""


class Entry(NamedTuple):
    """One scope entry of one active record."""

    grant: Grant
    number: int
    """From 1."""
    scope: ScopeEntry

    def left(self, reason: str, part: str = "") -> Left:
        """It, or a part of it, left out."""
        return Left(self.grant.id, self.number, reason, part)

    def aside(self, reason: str) -> Aside:
        """It has no say here."""
        return Aside(self.grant.id, self.number, reason)


def entries_of(job: Job) -> list[Entry]:
    """Every scope entry of every active record, in order."""
    return [
        Entry(grant, number, scope)
        for grant in job.grants
        for number, scope in enumerate(grant.record.scope, start=1)
    ]
