"""JSON, version 1: everything the gate knows, for programs. The keys are a promise; more may be added."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any, Literal, TextIO

import msgspec

from reprieve.findings.model import Policy
from reprieve.match.model import Disposition
from reprieve.record.lifecycle import Status
from reprieve.report.scanned import controls
from reprieve.report.stream import encode, write_array
from reprieve.verdict import Exempted, Exempting, Stale, Verdict
from reprieve.words import SEVERITIES, CheckType, Environment, Severity

VERSION = 1


class ExemptedByRow(msgspec.Struct, frozen=True, gc=False):
    """An exception in Rego that names a finding, whether it counts or not."""

    file: str
    line: int
    package: str
    exception: str | None
    """The record that it cites."""


class PolicyRow(msgspec.Struct, frozen=True, gc=False):
    """A rule of a policy, by the names that exceptions in Rego use, and those that name the finding."""

    package: str
    rule: str
    exemptions: tuple[ExemptedByRow, ...] = ()


class Row(msgspec.Struct, frozen=True, gc=False):
    """One finding and what the gate says of it."""

    type: CheckType
    check: str
    aliases: tuple[str, ...]
    severity: Severity
    cluster: str | None
    namespace: str | None
    resource: str | None
    path: str | None
    line: int | None
    end_line: int | None
    image: str | None
    package: str | None
    repository: str | None
    fix: str | None
    environment: Environment
    message: str
    tool: str
    context: str
    """What tells it from its siblings: with it, this output read again gives the same fingerprints."""
    fingerprint: str | None
    """None when the gate was not asked for fingerprints."""
    disposition: Disposition
    failing: bool
    exception: str | None
    source: Literal["record", "rego"] | None
    source_file: str | None
    """Of the record or of the exception in Rego that excepts it."""
    source_line: int | None
    policy: PolicyRow | None
    """The Rego rule that reported it, of a finding of `scan`."""
    voided_by: str | None
    native_suppressed: str | None
    """The scanner's own reason, which may be empty; None when it did not suppress the finding."""


class ExceptionRow(msgspec.Struct, frozen=True, gc=False):
    """One exception and what it did in this run."""

    id: str
    status: Status
    covered: int
    stale: Stale
    expires_in_days: int
    summary: str
    missing: tuple[str, ...]
    due: dt.datetime | None
    reason: str
    """In words, where the status alone would puzzle, such as what to do after a squash merge; else empty."""


class ExemptingRow(msgspec.Struct, frozen=True, gc=False):
    """One exception written in Rego and what it did in this run."""

    file: str
    line: int
    package: str
    exception: str | None
    """The record that it cites."""
    state: Exempted
    excepted: int
    passing: int
    unknown: tuple[str, ...]


class ProblemRow(msgspec.Struct, frozen=True, gc=False):
    """One thing that is wrong with a record or the charter; every key, also those without a value."""

    rule: str
    message: str
    path: str
    line: int | None
    hint: str | None
    exception: str | None
    level: Literal["error", "warning", "note"]


def write(verdict: Verdict, out: TextIO, **more: object) -> None:
    """Writes one JSON object, a line for each finding, exception and problem; `more` are further keys."""
    out.write(encode(_head(verdict) | more).removesuffix("}"))
    out.write(',"findings":')
    write_array(out, _rows(verdict))
    out.write(',"exceptions":')
    write_array(out, (_like(ExceptionRow, exception) for exception in verdict.exceptions))
    out.write(',"rego_exceptions":')
    write_array(out, (_exempting(one) for one in verdict.exemptions))
    out.write(',"faults":')
    write_array(out, verdict.faults)
    out.write(',"problems":')
    write_array(out, (_like(ProblemRow, problem) for problem in verdict.problems))
    out.write("}\n")


def _head(verdict: Verdict) -> dict[str, object]:
    return {
        "version": VERSION,
        "now": verdict.now.astimezone(dt.UTC).replace(microsecond=0),
        "simulated": verdict.simulated,
        "verdict": verdict.verdict,
        "fail_on": verdict.fail_on,
        "reports": verdict.reports,
        "register": verdict.register,
        "summary": verdict.summary,
        "raw": {severity: verdict.raw.get(severity, 0) for severity in SEVERITIES},
        "net": {severity: verdict.net.get(severity, 0) for severity in SEVERITIES},
        **({"scan": _scan(verdict)} if verdict.scan else {}),
    }


def _scan(verdict: Verdict) -> dict[str, object]:
    assert verdict.scan is not None  # noqa: S101
    return {
        "files": verdict.scan.files,
        "skipped": verdict.scan.skipped,
        "applied": verdict.scan.applied,
        "controls": [
            {
                "control": one.name,
                "state": one.state,
                "findings": one.findings,
                "excepted": one.excepted,
                "checks": one.checks,
            }
            for one in controls(verdict)
        ],
    }


def _rows(verdict: Verdict) -> Iterator[Row]:
    paths = {exception.id: exception.path for exception in verdict.exceptions}
    policies: dict[Policy, PolicyRow] = {}
    for index, (finding, outcome) in enumerate(zip(verdict.findings, verdict.outcomes, strict=True)):
        yield Row(
            type=finding.type,
            check=finding.check,
            aliases=finding.aliases,
            severity=finding.severity,
            cluster=finding.cluster,
            namespace=finding.namespace,
            resource=finding.resource,
            path=finding.path,
            line=finding.line,
            end_line=finding.end_line,
            image=finding.image,
            package=finding.package,
            repository=finding.repository,
            fix=finding.fix,
            environment=outcome.environment,
            message=finding.message,
            tool=finding.tool,
            context=finding.context,
            fingerprint=verdict.fingerprints[index] if verdict.fingerprints else None,
            disposition=outcome.disposition,
            failing=verdict.failing(index),
            exception=outcome.exception,
            source=outcome.source,
            source_file=outcome.place[0] if outcome.place else paths.get(outcome.exception or ""),
            source_line=outcome.place[1] if outcome.place else 1 if outcome.source == "record" else None,
            policy=_policy(finding.policy, policies) if finding.policy else None,
            voided_by=outcome.voided_by,
            native_suppressed=finding.suppressed,
        )


def _policy(policy: Policy, known: dict[Policy, PolicyRow]) -> PolicyRow:
    """The row of a rule, which is the same for all that it reported."""
    row = known.get(policy)
    if row is None:
        named = tuple(ExemptedByRow(one.path, one.line, one.package, one.record) for one in policy.exemptions)
        row = known[policy] = PolicyRow(policy.package, policy.rule, named)
    return row


def _exempting(one: Exempting) -> ExemptingRow:
    return ExemptingRow(
        file=one.exemption.path,
        line=one.exemption.line,
        package=one.exemption.package,
        exception=one.exemption.record,
        state=one.state,
        excepted=one.excepted,
        passing=one.passing,
        unknown=one.unknown,
    )


def _like(shape: type[Any], item: object) -> Any:
    """The item, with the fields of `shape` in their order."""
    return msgspec.convert(item, shape, from_attributes=True)
