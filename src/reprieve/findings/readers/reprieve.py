"""Our own JSON, version 1: what `gate` and `scan` write with `--output json`.

What a register made of a finding is left behind: it is judged again. What a scan could not look at stays a
fault, so that reading its output passes nothing that the scan itself did not.
"""

from __future__ import annotations

from typing import Literal

import msgspec

from reprieve.findings.model import CheckType, Fault, Finding, Policy, Report, Severity
from reprieve.findings.readers.interface import Reader
from reprieve.findings.source import Source

NAME = "reprieve"


class _Policy(msgspec.Struct, gc=False):
    package: str
    rule: str


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


class _Document(msgspec.Struct, gc=False):
    version: Literal[1]
    summary: _Summary
    findings: list[Written]
    faults: list[Fault] = []


def recognises(source: Source) -> bool:
    """Whether a source is what `gate` or `scan` wrote."""
    return source.shape == "object" and {"version", "verdict", "summary", "findings"} <= source.keys


def _read(source: Source) -> Report:
    document = source.decode(_Document)
    findings = [finding_of(found) for found in document.findings]
    return Report(source.name, NAME, findings, document.summary.passed, faults=tuple(document.faults))


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
        policy=Policy(found.policy.package, found.policy.rule) if found.policy else None,
    )


READER = Reader(NAME, "Reprieve's own JSON", recognises, _read)
