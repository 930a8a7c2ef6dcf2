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
from reprieve.register.snapshot import Case, Snapshot
from reprieve.report.text import amount, clean
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


def sentences(reach_: Reach) -> list[tuple[str, bool]]:
    """What a reviewer should know of it, and whether that is cause to look again."""
    noted, now, limit = reach_.noted, reach_.radius.findings, reach_.limit
    said = []
    if noted is not None:
        then = counted_words(noted)
        grew = f"it grew from {noted.findings:,} to {amount(now, 'finding')}: {then}"
        said.append((grew if reach_.grew else then, reach_.grew))
    if reach_.too_broad:
        said.append((f"more than the {limit:,} above which the charter wants a higher approver", True))
    return said


def counted_words(noted: Noted) -> str:
    """`3 findings when it was approved, as sam@example.com counted`."""
    when = "approved" if noted.approved else "asked for"
    return f"{amount(noted.findings, 'finding')} when it was {when}, as {clean(noted.by)} counted"


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


def reaches(snapshot: Snapshot, cases: Sequence[Case], reports: Sequence[Report]) -> list[Reach | None]:
    """How far each case reaches in these reports, in their order; None for one that cannot be read.

    Several may have one id: what is merged, and what a branch asks for instead.
    """
    numbered = {
        str(number): msgspec.structs.replace(case.record, id=str(number))
        for number, case in enumerate(cases)
        if case.record is not None
    }
    found = radii(list(numbered.values()), reports, snapshot.charter.environment_of)
    return [
        reach(found[str(number)], case.facts, snapshot.charter_of(case)) if str(number) in found else None
        for number, case in enumerate(cases)
    ]
