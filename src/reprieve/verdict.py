"""What the gate decided: the data that every output in `report/` is written from.

Findings and outcomes are parallel lists, because a million findings share a few thousand outcomes.
"""

from __future__ import annotations

import datetime as dt
from typing import Literal

import msgspec
from msgspec import UNSET, UnsetType

from reprieve.findings.model import Exemption, Extent, Fault, Finding
from reprieve.match.model import Disposition, Outcome
from reprieve.record.lifecycle import Status, Trust
from reprieve.record.model import Problem
from reprieve.words import Severity

Exempted = Literal["failing", "passing", "unmatched", "ignored"]
Stale = Literal[True, False, "unknown"]


class RegisterInfo(msgspec.Struct, frozen=True):
    """Which register the verdict rests on."""

    commit: str
    ref: str
    age_hours: int
    """Hours since the register was last fetched; 0 without a remote."""
    trust: Trust


class Covered(msgspec.Struct, frozen=True):
    """One exception and what it did in this run."""

    id: str
    summary: str
    status: Status
    covered: int
    stale: Stale
    expires_in_days: int
    """Negative when it has expired."""
    expiring: bool = False
    missing: tuple[str, ...] = ()
    """Roles that must still approve, when it is pending."""
    due: dt.datetime | None = None
    """When the review should be over."""
    reason: str = ""
    path: str = ""
    """Of the record, in the register."""


class Read(msgspec.Struct, frozen=True):
    """One report that the verdict is about."""

    source: str
    format: str
    findings: int
    passed: int
    cluster: str | None
    """Where it was taken, as the caller said; the same for the next."""
    repository: str | None
    extents: tuple[Extent, ...] | UnsetType = UNSET
    """What it lists as looked at, where it does."""
    knows: dict[str, tuple[str, ...]] | UnsetType = UNSET
    """Tool -> every check that it knows, where it lists them."""


class Exempting(msgspec.Struct, frozen=True):
    """One exception written in Rego and what it did in this run."""

    exemption: Exemption
    excepted: int
    """Findings that it alone keeps from failing."""
    passing: int
    """Rules that it names and that report nothing where it names them."""
    state: Exempted
    """Excepts what still fails; only what passes by now; nothing at all; or is not listened to."""
    unknown: tuple[str, ...] = ()
    """Packages or rules that it names and that there are not."""


class Summary(msgspec.Struct, frozen=True):
    """Counts. `open`, `expired` and `pending` are at or above the threshold, `excepted` is all."""

    open: int = 0
    excepted: int = 0
    expired: int = 0
    pending: int = 0
    below_threshold: int = 0
    passed: int = 0
    native_suppressed: int = 0
    exempted: int = 0
    """Those of `excepted` that an exception in Rego excepts."""


class Looked(msgspec.Struct, frozen=True):
    """What a scan of ours looked at."""

    files: int
    skipped: dict[str, int] = {}
    """Reason -> files that were left out."""
    controls: dict[str, tuple[str, ...]] = {}
    """Control of the framework that was asked for -> ids of the checks that speak to it."""
    applied: dict[str, int] = {}
    """Check id -> documents that it looked at."""


class Verdict(msgspec.Struct, frozen=True):
    """What the gate decided, and on what grounds."""

    now: dt.datetime
    simulated: bool
    verdict: Literal["pass", "fail"]
    fail_on: Severity
    register: RegisterInfo | None
    """None when no register is in play."""
    summary: Summary
    raw: dict[Severity, int]
    """Findings by severity, as if there were no exceptions."""
    net: dict[Severity, int]
    """The same without those that are excepted."""
    findings: list[Finding]
    outcomes: list[Outcome]
    """One for each finding, in the same order."""
    fingerprints: list[str]
    """The same; empty when the caller asked for none."""
    exceptions: list[Covered]
    problems: list[Problem]
    exemptions: list[Exempting] = []
    """Exceptions in Rego, used or not."""
    faults: list[Fault] = []
    """What was not looked at; no verdict passes while there are any."""
    native_suppressions: Literal["accept", "refuse"] = "accept"
    reports: tuple[Read, ...] = ()
    scan: Looked | None = None
    """None when it is all scanners' reports."""
    failing_counts: dict[tuple[Disposition, Severity], int] | None = None
    """How many findings make the gate fail; None when nobody has counted."""

    def failing(self, index: int) -> bool:
        """Whether this finding makes the gate fail."""
        finding, outcome = self.findings[index], self.outcomes[index]
        return (
            outcome.disposition != "excepted"
            and counts(finding.severity, self.fail_on)
            and not self.native(finding)
        )

    def native(self, finding: Finding) -> bool:
        """Whether the scanner itself suppressed it, and the charter accepts that."""
        return finding.suppressed is not None and self.native_suppressions == "accept"


_RANK: dict[Severity, int] = {"critical": 0, "high": 1, "medium": 2, "low": 3, "info": 4, "unknown": -1}


def counts(severity: Severity, fail_on: Severity) -> bool:
    """Whether a finding of this severity counts at this threshold; `unknown` always does."""
    return _RANK[severity] <= _RANK[fail_on]
