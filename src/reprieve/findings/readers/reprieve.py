"""Our own JSON, version 1: what `gate` and `scan` write with `--output json`.

What a register made of a finding is left behind: it is judged again, and which exceptions in Rego name it is
kept for that. What a scan could not look at stays a
fault, so that reading its output passes nothing that the scan itself did not.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Literal

import msgspec

from reprieve.findings.model import (
    CheckType,
    Exemption,
    ExemptionUse,
    Extent,
    Fault,
    Finding,
    Policy,
    Report,
    Severity,
)
from reprieve.findings.readers.interface import Reader
from reprieve.findings.source import Source

NAME = "reprieve"


class _Exemption(msgspec.Struct, frozen=True, gc=False):
    file: str
    line: int
    package: str
    exception: str | None = None

    def known(self) -> Exemption:
        return Exemption(self.file, self.line, self.package, self.exception)


class _Use(_Exemption, frozen=True, gc=False):
    passing: int = 0
    unknown: tuple[str, ...] = ()


class _Policy(msgspec.Struct, gc=False):
    package: str
    rule: str
    exemptions: tuple[_Exemption, ...] = ()


class Written(msgspec.Struct, gc=False):
    """A finding, as far as it is one: not what a register made of it."""

    type: CheckType
    check: str
    severity: Severity
    tool: str
    message: str = ""
    aliases: tuple[str, ...] = ()
    cluster: str | None = None
    namespace: str | None = None
    resource: str | None = None
    path: str | None = None
    line: int | None = None
    end_line: int | None = None
    image: str | None = None
    package: str | None = None
    repository: str | None = None
    fix: str | None = None
    context: str = ""
    policy: _Policy | None = None
    native_suppressed: str | None = None


class _Summary(msgspec.Struct, gc=False):
    passed: int = 0


class Looked(msgspec.Struct):
    """What one of the reports lists as looked at, and the checks that its tools know."""

    extents: tuple[Extent, ...] = ()
    knows: dict[str, tuple[str, ...]] = {}


class _Document(msgspec.Struct, gc=False):
    version: Literal[1]
    summary: _Summary
    findings: list[Written]
    reports: list[Looked] = []
    rego_exceptions: list[_Use] = []
    faults: list[Fault] = []


def recognises(source: Source) -> bool:
    """Whether a source is what `gate` or `scan` wrote."""
    return source.shape == "object" and {"version", "verdict", "summary", "findings"} <= source.keys


def _read(source: Source) -> Report:
    document = source.decode(_Document)
    findings = [finding_of(found) for found in document.findings]
    return Report(
        source.name,
        NAME,
        findings,
        document.summary.passed,
        exemptions=tuple(_uses(document.rego_exceptions, findings)),
        faults=tuple(document.faults),
        knows=known(document.reports),
        extents=tuple(extent for report in document.reports for extent in report.extents),
    )


def known(reports: Iterable[Looked]) -> dict[str, frozenset[str]]:
    """Tool -> every check that it knows, by these reports together."""
    found: dict[str, frozenset[str]] = {}
    for report in reports:
        for tool, checks in report.knows.items():
            found[tool] = found.get(tool, frozenset()).union(checks)
    return found


def _uses(told: Iterable[_Use], findings: Iterable[Finding]) -> Iterator[ExemptionUse]:
    """What each exception in Rego did: what it excepts is counted again, by the findings that it names."""
    failing = Counter(
        one for finding in findings if finding.policy is not None for one in finding.policy.exemptions
    )
    for use in told:
        known = use.known()
        yield ExemptionUse(known, failing[known], use.passing, use.unknown)


def finding_of(found: Written) -> Finding:
    """The same as every reader gives it."""
    return Finding(
        type=found.type,
        check=found.check,
        severity=found.severity,
        tool=found.tool,
        message=found.message,
        aliases=found.aliases,
        cluster=found.cluster,
        namespace=found.namespace,
        resource=found.resource,
        path=found.path,
        line=found.line,
        end_line=found.end_line,
        image=found.image,
        package=found.package,
        repository=found.repository,
        fix=found.fix,
        context=found.context,
        suppressed=found.native_suppressed,
        policy=_policy(found.policy) if found.policy else None,
    )


def _policy(policy: _Policy) -> Policy:
    return Policy(policy.package, policy.rule, tuple(one.known() for one in policy.exemptions))


READER = Reader(NAME, "Reprieve's own JSON", recognises, _read)
