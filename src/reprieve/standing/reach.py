"""What an exception silences now, held against what it silenced when it was approved."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

import msgspec

from reprieve.findings.fingerprint import fingerprints
from reprieve.findings.model import Report
from reprieve.record.charter import Charter
from reprieve.record.lifecycle import Facts, counted_at_approval
from reprieve.record.model import Record
from reprieve.standing.radius import EnvironmentOf, Radius, blasts


class Noted(msgspec.Struct, frozen=True):
    """How many findings somebody counted, and wrote down in the history."""

    findings: int
    by: str
    """E-mail address."""
    approved: bool
    """Whether as an approver; else as whoever asked."""


class Reach(msgspec.Struct, frozen=True):
    """How far one exception reaches."""

    radius: Radius
    noted: Noted | None
    """None when nobody wrote a number down."""
    limit: int | None
    """The breadth above which the charter that judges it wants a higher approver."""

    @property
    def grew(self) -> bool:
        """Whether it silences more than was counted when it was approved, or asked for."""
        return self.noted is not None and self.radius.findings > self.noted.findings

    @property
    def too_broad(self) -> bool:
        """Whether it silences more than the limit, although it was approved, or asked for, as within it."""
        within = self.noted is None or self.limit is None or self.noted.findings <= self.limit
        return self.limit is not None and self.radius.findings > self.limit and within


def noted_in(facts: Facts) -> Noted | None:
    """The number that history holds for the present terms: the approvers', else that of whoever asked."""
    if counted := counted_at_approval(facts):
        return Noted(counted.findings, counted.by, approved=True)
    if claimed := facts.asked_for:
        return Noted(claimed.findings, claimed.by, approved=False)
    return None


def radii(
    records: Sequence[Record], reports: Sequence[Report], environment_of: EnvironmentOf
) -> dict[str, Radius]:
    """What each record silences in these reports, by id; one pass over all of it."""
    findings = list(chain.from_iterable(report.findings for report in reports))
    named = any(entry.fingerprints for record in records for entry in record.scope)
    prints = list(chain.from_iterable(fingerprints(report.findings) for report in reports)) if named else None
    return blasts(records, findings, prints, environment_of)


def reach(radius: Radius, facts: Facts | None, charter: Charter | None) -> Reach:
    """A radius beside what was noted, and the limit; `facts` and `charter` are None for a mere draft."""
    noted = noted_in(facts) if facts else None
    return Reach(radius, noted, charter.limits.breadth if charter else None)
