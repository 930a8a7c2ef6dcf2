"""Findings of reports, and the entries that except each: for formats that name findings one by one."""

from __future__ import annotations

from typing import NamedTuple

from reprieve.export.interface import Entry, Given, Job, entries_of
from reprieve.findings.model import Finding
from reprieve.match.matcher import Matcher
from reprieve.match.model import Scoped


class Excepted(NamedTuple):
    """One finding of a report."""

    report: Given
    number: int
    """In its report."""
    finding: Finding
    entries: tuple[Entry, ...]
    """Those that cover it and are not void for it, in order; none when the gate does not except it."""

    @property
    def note(self) -> str:
        """What the first of them says."""
        return self.entries[0].grant.note


def excepted(job: Job) -> list[Excepted]:
    """Every finding of the job's reports, in order, judged as `gate` does."""
    entries = entries_of(job)
    scoped = [
        Scoped(str(place), "excepted", record.environment, record.risk, record.voids, (entry.scope,))
        for place, entry in enumerate(entries)
        for record in (entry.grant.record,)
    ]
    matcher = Matcher(scoped, job.target.environment_of)
    found = []
    for report in job.reports:
        outcomes = matcher.outcomes(report.findings, report.fingerprints)
        for number, (finding, outcome) in enumerate(zip(report.findings, outcomes, strict=True)):
            covering = tuple(entries[int(place)] for place in outcome.covering)
            found.append(Excepted(report, number, finding, covering))
    return found
