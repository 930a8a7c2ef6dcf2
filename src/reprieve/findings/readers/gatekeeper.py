"""Gatekeeper constraints with the audit's result in their status.

Source: open-policy-agent/gatekeeper `pkg/audit/manager.go`, `website/docs/audit.md`. The audit lists
20 violations of a constraint by default and only counts the others in `totalViolations`; what it does not
list becomes one finding more. There is no severity: `deny`, `warn` and `dryrun` say what admission
does about the next object, not how bad this one is.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from reprieve.errors import ReportError
from reprieve.findings.kubernetes import Metadata, Object, first_group, objects, resource_name
from reprieve.findings.model import Finding, Report
from reprieve.findings.readers.interface import Reader
from reprieve.findings.source import Source

NAME = "gatekeeper"
_GROUP = "constraints.gatekeeper.sh"


class _Violation(msgspec.Struct, gc=False):
    kind: str | None = None
    name: str | None = None
    namespace: str | None = None
    message: str | None = None


class _Status(msgspec.Struct, rename="camel", gc=False):
    audit_timestamp: str | None = None
    total_violations: int | None = None
    violations: list[_Violation] | None = None

    @property
    def is_audited(self) -> bool:
        facts = (self.audit_timestamp, self.total_violations, self.violations)
        return any(fact is not None for fact in facts)


class _Constraint(msgspec.Struct, gc=False):
    metadata: Metadata
    status: _Status | None = None


def _recognises(source: Source) -> bool:
    return first_group(source) == _GROUP


def _read(source: Source) -> Report:
    findings: list[Finding] = []
    for constraint in objects(source):
        if constraint.group != _GROUP or not constraint.kind:
            raise ReportError(
                f"an object of kind {constraint.kind or 'none'} among Gatekeeper's constraints",
                where=source.name,
                hint="write each kind of report to a file of its own",
            )
        findings.extend(_findings(constraint))
    return Report(source.name, NAME, findings)


def _findings(constraint: Object) -> Iterator[Finding]:
    decoded = constraint.decode(_Constraint)
    name = resource_name(constraint.kind, decoded.metadata.name)
    if decoded.status is None or not decoded.status.is_audited:
        raise ReportError(
            f"the constraint {name} has not been audited: its status has no result",
            where=constraint.source,
            hint="export it from the cluster after an audit: kubectl get constraints -o json",
        )
    aliases = (name,) if name else ()
    listed = decoded.status.violations or []
    for violation in listed:
        yield Finding(
            type="admission",
            check=constraint.kind,
            severity="unknown",
            tool=NAME,
            message=violation.message or "",
            aliases=aliases,
            namespace=violation.namespace or None,
            resource=resource_name(violation.kind, violation.name),
            context=f"{name}: {violation.message}",
        )
    unlisted = (decoded.status.total_violations or 0) - len(listed)
    if unlisted > 0:
        yield _unlisted(unlisted, constraint.kind, aliases)


def _unlisted(count: int, check: str, aliases: tuple[str, ...]) -> Finding:
    """Stands for what the status only counts; another count is another finding."""
    return Finding(
        type="admission",
        check=check,
        severity="unknown",
        tool=NAME,
        message=f"{count} more violations that the constraint's status does not list; "
        "raise --constraint-violations-limit to see them",
        aliases=aliases,
        context=f"{aliases[0] if aliases else check}: {count} unlisted violations",
    )


READER = Reader(NAME, "Gatekeeper constraints after an audit", _recognises, _read)
