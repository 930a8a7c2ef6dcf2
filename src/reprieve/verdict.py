"""The gate: scanner reports and a register in, one verdict out.

`Verdict` is the data that every output in `report/` is written from. Findings and outcomes are parallel
lists, because a million findings share a few thousand outcomes.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import chain
from typing import Literal

import msgspec

from reprieve.findings.fingerprint import fingerprints
from reprieve.findings.model import Finding, Report
from reprieve.match.matcher import Matcher
from reprieve.match.model import Outcome, Scoped
from reprieve.record.charter import Charter
from reprieve.record.lifecycle import DISPOSITION, Standing, Status, Trust
from reprieve.record.model import Problem
from reprieve.register.register import Register
from reprieve.register.snapshot import Case
from reprieve.words import SEVERITIES, Environment, Severity

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


class Summary(msgspec.Struct, frozen=True):
    """Counts. `open`, `expired` and `pending` are at or above the threshold, `excepted` is all."""

    open: int = 0
    excepted: int = 0
    expired: int = 0
    pending: int = 0
    below_threshold: int = 0
    passed: int = 0
    native_suppressed: int = 0


class Verdict(msgspec.Struct, frozen=True):
    """What the gate decided, and on what grounds."""

    now: dt.datetime
    simulated: bool
    verdict: Literal["pass", "fail"]
    fail_on: Severity
    register: RegisterInfo
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
    native_suppressions: Literal["accept", "refuse"] = "accept"

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


def judge_reports(
    reports: Sequence[Report],
    register: Register,
    now: dt.datetime,
    *,
    fail_on: Severity = "low",
    environment: Environment | None = None,
    simulated: bool = False,
    with_fingerprints: bool = False,
) -> Verdict:
    """The verdict over reports that were read already.

    Args:
        reports: what scanners said.
        register: an opened register.
        now: the moment to judge at; aware.
        fail_on: the lowest severity that fails.
        environment: of every finding; by the charter's map of clusters when None.
        simulated: whether `now` is not the real one.
        with_fingerprints: whether the caller needs `Verdict.fingerprints`.
    """
    charter = register.snapshot.charter
    cases = [pair for pair in register.cases(now) if _concerns(*pair)]
    matcher = Matcher(
        [_scoped(case, standing) for case, standing in cases],
        (lambda _: environment) if environment else charter.environment_of,
    )
    findings = list(chain.from_iterable(report.findings for report in reports))
    prints: list[str] = []
    if with_fingerprints or matcher.needs_fingerprints:
        prints = list(chain.from_iterable(fingerprints(report.findings) for report in reports))
    outcomes = matcher.outcomes(findings, prints or None)
    tally = _Tally(findings, outcomes, fail_on, charter)
    summary = tally.summary(passed=sum(report.passed for report in reports))
    scanned = matcher.scanned()
    refuse = charter.native_suppressions == "refuse"
    return Verdict(
        now=now,
        simulated=simulated or register.as_of is not None,
        verdict="fail" if summary.open or summary.expired or summary.pending else "pass",
        fail_on=fail_on,
        register=_register_info(register, now),
        summary=summary,
        raw=tally.raw(),
        net=tally.net(),
        findings=findings,
        outcomes=outcomes,
        fingerprints=prints,
        exceptions=[
            _covered(case, standing, matcher, scanned, now, refuse=refuse) for case, standing in cases
        ],
        problems=[*register.snapshot.problems, *_case_problems(register, now)],
        native_suppressions=charter.native_suppressions,
    )


class _Tally:
    """Counts of findings by everything that the summary asks about, in one pass."""

    def __init__(
        self, findings: Iterable[Finding], outcomes: Iterable[Outcome], fail_on: Severity, charter: Charter
    ) -> None:
        accept = charter.native_suppressions == "accept"
        self._fail_on = fail_on
        self._counts = Counter(
            (outcome.disposition, finding.severity, accept and finding.suppressed is not None)
            for finding, outcome in zip(findings, outcomes, strict=True)
        )

    def summary(self, passed: int) -> Summary:
        found: Counter[str] = Counter()
        for (disposition, severity, native), number in self._counts.items():
            if native:
                found["native_suppressed"] += number
            elif disposition == "excepted" or counts(severity, self._fail_on):
                found[disposition] += number
            else:
                found["below_threshold"] += number
        return Summary(**found, passed=passed)

    def raw(self) -> dict[Severity, int]:
        return self._by_severity({"open", "expired", "pending", "excepted"})

    def net(self) -> dict[Severity, int]:
        return self._by_severity({"open", "expired", "pending"})

    def _by_severity(self, dispositions: set[str]) -> dict[Severity, int]:
        found = dict.fromkeys(SEVERITIES, 0)
        for (disposition, severity, native), number in self._counts.items():
            if disposition in dispositions and not native:
                found[severity] += number
        return found


def _concerns(case: Case, standing: Standing) -> bool:
    """Ended and invalid exceptions have no part in a verdict; problems name the invalid ones."""
    return case.record is not None and DISPOSITION[standing.status] != "open"


def _scoped(case: Case, standing: Standing) -> Scoped:
    assert case.record is not None  # noqa: S101  (a case without a record covers nothing)
    disposition = DISPOSITION[standing.status]
    assert disposition != "open"  # noqa: S101
    record = case.record
    return Scoped(case.id, disposition, record.environment, record.risk, record.voids, record.scope)


def _covered(
    case: Case,
    standing: Standing,
    matcher: Matcher,
    scanned: frozenset[str],
    now: dt.datetime,
    *,
    refuse: bool,
) -> Covered:
    assert case.record is not None  # noqa: S101
    number = matcher.covered.get(case.id, 0)
    if refuse:
        number += matcher.covered_native.get(case.id, 0)
    return Covered(
        id=case.id,
        summary=case.record.summary,
        status=standing.status,
        covered=number,
        stale=_stale(case, standing, matcher, scanned) if number == 0 else False,
        expires_in_days=(case.record.expires - now.date()).days,
        expiring=standing.expiring,
        missing=standing.missing,
        due=standing.due,
        reason=standing.reason,
    )


def _stale(case: Case, standing: Standing, matcher: Matcher, scanned: frozenset[str]) -> Stale:
    """Active, covered nothing, and its target was scanned; unknown where the scanner hid what it covers."""
    if standing.status != "active":
        return False
    if matcher.covered_native.get(case.id):
        return "unknown"
    return case.id in scanned


def _register_info(register: Register, now: dt.datetime) -> RegisterInfo:
    located = register.located
    return RegisterInfo(register.commit, located.ref, located.age_hours, register.trust(now))


def _case_problems(register: Register, now: dt.datetime) -> list[Problem]:
    """Of records on the protected branch that are not over; what a branch holds concerns only its author."""
    problems: list[Problem] = []
    for case, standing in register.cases(now):
        if case.branch is not None:
            continue
        problems += case.problems
        if standing.status == "invalid" and not case.problems:
            problems.append(Problem(rule="dates", message=standing.reason, path=case.path, exception=case.id))
    return problems
