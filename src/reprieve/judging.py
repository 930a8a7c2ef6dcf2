"""The gate: scanner reports and a register in, one verdict out."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from itertools import chain

import msgspec
from msgspec import UNSET

from reprieve.findings.fingerprint import fingerprints
from reprieve.findings.model import ExemptionUse, Finding, Report
from reprieve.match import exempt, seen
from reprieve.match.matcher import Matcher
from reprieve.match.model import Disposition, Outcome, Scoped
from reprieve.record.charter import Charter
from reprieve.record.lifecycle import DISPOSITION, Standing
from reprieve.record.model import Problem
from reprieve.register.register import Register
from reprieve.register.snapshot import Case
from reprieve.verdict import Covered, Exempted, Exempting, Read, RegisterInfo, Stale, Summary, Verdict, counts
from reprieve.words import SEVERITIES, Environment, Severity


def judge_reports(
    reports: Sequence[Report],
    register: Register | None,
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
        register: an opened register; None when none is in play, so that no record covers anything.
        now: the moment to judge at; aware.
        fail_on: the lowest severity that fails.
        environment: of every finding; by the charter's map of clusters when None.
        simulated: whether `now` is not the real one.
        with_fingerprints: whether the caller needs `Verdict.fingerprints`.
    """
    grounds = _Grounds(register, now)
    charter, for_rego = grounds.charter, grounds.for_rego()
    matcher = grounds.matcher(environment)
    findings = list(chain.from_iterable(report.findings for report in reports))
    needed = with_fingerprints or matcher.needs_fingerprints
    prints = list(chain.from_iterable(fingerprints(report.findings) for report in reports if needed))
    outcomes = exempt.exempted(findings, matcher.outcomes(findings, prints or None), for_rego)
    tally = _Tally(findings, outcomes, fail_on, charter)
    summary = tally.summary(passed=sum(report.passed for report in reports))
    faults = list(chain.from_iterable(report.faults for report in reports))
    uses = list(chain.from_iterable(report.exemptions for report in reports))
    return Verdict(
        now=now,
        simulated=simulated or (register is not None and register.as_of is not None),
        verdict="fail" if summary.open or summary.expired or summary.pending or faults else "pass",
        fail_on=fail_on,
        register=_register_info(register, now) if register else None,
        summary=summary,
        raw=tally.raw(),
        net=tally.net(),
        findings=findings,
        outcomes=outcomes,
        fingerprints=prints,
        exceptions=grounds.covered(matcher, reports),
        problems=[*grounds.problems(), *_unread(reports), *_shadows(uses, for_rego)],
        exemptions=_exempting(uses, outcomes, for_rego),
        faults=faults,
        native_suppressions=charter.native_suppressions,
        reports=tuple(_read(report, grounds.environment_of(environment)) for report in reports),
        failing_counts=tally.failing(),
    )


def _read(report: Report, environment_of: Callable[[str | None], Environment]) -> Read:
    extents = tuple(
        msgspec.structs.replace(extent, environment=environment_of(extent.cluster))
        for extent in report.extents
    )
    return Read(
        report.source,
        report.format,
        len(report.findings),
        report.passed,
        report.cluster,
        report.repository,
        extents or UNSET,
        {tool: tuple(sorted(checks)) for tool, checks in report.knows.items()} or UNSET,
    )


class _Grounds:
    """What a register says at a moment, as far as a verdict needs it; nothing without one."""

    def __init__(self, register: Register | None, now: dt.datetime) -> None:
        self._register = register
        self._now = now
        self.charter = register.snapshot.charter if register else Charter(version=1)
        self._all = list(register.cases(now)) if register else []
        self._cases = [pair for pair in self._all if _concerns(*pair)]

    def environment_of(self, environment: Environment | None) -> Callable[[str | None], Environment]:
        """Cluster -> environment: the one given, of all; by the charter's map when None."""
        return (lambda _: environment) if environment else self.charter.environment_of

    def matcher(self, environment: Environment | None) -> Matcher:
        exceptions = [found for case, standing in self._cases if (found := scoped(case, standing))]
        return Matcher(exceptions, self.environment_of(environment))

    def for_rego(self) -> exempt.Register | None:
        if self._register is None:
            return None
        active = (case.id for case, standing in self._cases if DISPOSITION[standing.status] == "excepted")
        return exempt.Register(frozenset(active), self.charter.rego_exceptions == "governed")

    def covered(self, matcher: Matcher, reports: Sequence[Report]) -> list[Covered]:
        scanned = self._looked_at(matcher.scanned(), reports)
        refuse = self.charter.native_suppressions == "refuse"
        return [
            _covered(case, standing, matcher, scanned, self._now, refuse=refuse)
            for case, standing in self._cases
        ]

    def _looked_at(self, scanned: frozenset[str], reports: Sequence[Report]) -> frozenset[str]:
        """Where every report lists its objects, only exceptions of which one was among them."""
        lists = [report.objects for report in reports]
        if None in lists:
            return scanned
        objects = frozenset(chain.from_iterable(listed for listed in lists if listed is not None))
        here = (case for case, _ in self._cases if case.id in scanned and case.record is not None)
        return frozenset(case.id for case in here if case.record and seen.among(case.record.scope, objects))

    def problems(self) -> list[Problem]:
        """Of records on the protected branch that are not over; what a branch holds concerns its author."""
        if self._register is None:
            return []
        problems = list(self._register.snapshot.problems)
        for case, standing in self._all:
            if case.branch is not None:
                continue
            problems += case.problems
            if standing.status == "invalid" and not case.problems:
                problems.append(
                    Problem(rule="dates", message=standing.reason, path=case.path, exception=case.id)
                )
        return problems


def _unread(reports: Sequence[Report]) -> list[Problem]:
    """What a scanner said that it could not look at."""
    return [
        Problem(
            rule="unread",
            message=f"the scanner could not look at {note}",
            path=report.source,
            level="warning",
        )
        for report in reports
        for note in report.unread
    ]


def _shadows(uses: Sequence[ExemptionUse], register: exempt.Register | None) -> list[Problem]:
    """Exceptions in Rego that no active record stands behind although one must."""
    return [
        Problem(
            rule="shadow-suppression",
            message=f"this exception in Rego is ignored: {_why_ignored(use)}",
            path=use.exemption.path,
            line=use.exemption.line,
            hint="cite an active record above it (`# METADATA`, `custom: {exception: EXC-…}`), or remove it",
            exception=use.exemption.record,
            level="warning",
        )
        for use in uses
        if _ignored(use, register)
    ]


def _ignored(use: ExemptionUse, register: exempt.Register | None) -> bool:
    if register is None:
        return False
    if use.exemption.record is None:
        return register.governed
    return exempt.cited(use.exemption, register.active) is None


def _why_ignored(use: ExemptionUse) -> str:
    if use.exemption.record is None:
        return "it cites no record"
    return f"the record that it cites, {use.exemption.record}, is not active"


def _exempting(
    uses: Sequence[ExemptionUse], outcomes: Sequence[Outcome], register: exempt.Register | None
) -> list[Exempting]:
    if not uses:
        return []
    excepted = Counter(outcome.place for outcome in outcomes if outcome.place is not None)
    found = []
    for use in uses:
        number = excepted[use.exemption.path, use.exemption.line]
        state: Exempted = "ignored" if _ignored(use, register) else _state(use)
        found.append(Exempting(use.exemption, number, use.passing, state, use.unknown))
    return found


def _state(use: ExemptionUse) -> Exempted:
    if use.failing:
        return "failing"
    return "passing" if use.passing else "unmatched"


class _Tally:
    """Counts of findings by everything that the summary asks about, in one pass."""

    def __init__(
        self, findings: Iterable[Finding], outcomes: Iterable[Outcome], fail_on: Severity, charter: Charter
    ) -> None:
        accept = charter.native_suppressions == "accept"
        self._fail_on = fail_on
        self._counts = Counter(
            (
                outcome.disposition,
                finding.severity,
                accept and finding.suppressed is not None,
                outcome.source == "rego",
            )
            for finding, outcome in zip(findings, outcomes, strict=True)
        )

    def summary(self, passed: int) -> Summary:
        found: Counter[str] = Counter()
        for (disposition, severity, native, rego), number in self._counts.items():
            if native:
                found["native_suppressed"] += number
                continue
            if rego:
                found["exempted"] += number
            if disposition == "excepted" or counts(severity, self._fail_on):
                found[disposition] += number
            else:
                found["below_threshold"] += number
        return Summary(**found, passed=passed)

    def failing(self) -> dict[tuple[Disposition, Severity], int]:
        """How many findings of each disposition and severity make the gate fail; without zeros."""
        found: Counter[tuple[Disposition, Severity]] = Counter()
        for (disposition, severity, native, _), number in self._counts.items():
            if disposition != "excepted" and not native and counts(severity, self._fail_on):
                found[disposition, severity] += number
        return dict(found)

    def raw(self) -> dict[Severity, int]:
        return self._by_severity({"open", "expired", "pending", "excepted"})

    def net(self) -> dict[Severity, int]:
        return self._by_severity({"open", "expired", "pending"})

    def _by_severity(self, dispositions: set[str]) -> dict[Severity, int]:
        found = dict.fromkeys(SEVERITIES, 0)
        for (disposition, severity, native, _), number in self._counts.items():
            if disposition in dispositions and not native:
                found[severity] += number
        return found


def _concerns(case: Case, standing: Standing) -> bool:
    """Ended and invalid exceptions have no part in a verdict; problems name the invalid ones."""
    return case.record is not None and DISPOSITION[standing.status] != "open"


def scoped(case: Case, standing: Standing) -> Scoped | None:
    """An exception as the matcher needs it; None for one that has no part in a verdict."""
    record, disposition = case.record, DISPOSITION[standing.status]
    if record is None or disposition == "open":
        return None
    return Scoped.of(record, disposition)


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
        path=case.path,
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
