"""Compliance reports of Trivy Operator: a benchmark's controls, each with its failures.

Source: aquasecurity/trivy-operator `pkg/apis/aquasecurity/v1alpha1/compliance_types.go`; for the layouts
of 2022, which have counts in `status.controlCheck` and failures in a detail report, its documents
`docs/docs/crds/clustercompliance*-report.md`. A summary gives one finding a control, a detail report one
for each failed check of a control on one target. Benchmarks number their controls alike, so a control
also goes by the name of its report: `nsa/1.0`.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from reprieve.errors import ReportError
from reprieve.findings.kubernetes import Metadata, Object, resource_name
from reprieve.findings.model import Finding
from reprieve.findings.severity import severity_of_word

_TOOL = "trivy"


class _Camel(msgspec.Struct, rename="camel", gc=False):
    """The operator's field names: `controlCheck` for our `control_check`."""


class _Count(_Camel):
    id: str
    name: str | None = None
    severity: str | None = None
    total_fail: int | None = None
    fail_total: int | None = None


class _Summary(_Camel):
    control_check: list[_Count] | None = None


class _Check(_Camel):
    success: bool
    id: str | None = msgspec.field(name="checkID", default=None)
    target: str | None = None
    title: str | None = None
    severity: str | None = None
    messages: list[str] | None = None


class _Control(_Camel):
    id: str
    name: str | None = None
    severity: str | None = None
    checks: list[_Check] | None = None


class _Detail(_Camel):
    results: list[_Control] | None = None


class _Status(_Camel):
    summary_report: _Summary | None = None
    detail_report: _Detail | None = None
    control_check: list[_Count] | None = None


class _ComplianceReport(_Camel):
    metadata: Metadata
    status: _Status | None = None


class _Failure(_Camel):
    name: str | None = None
    namespace: str | None = None
    msg: str | None = None
    status: str | None = None


class _CheckResult(_Camel):
    id: str | None = None
    object_type: str | None = None
    details: list[_Failure] | None = None


class _DetailedControl(_Camel):
    id: str
    name: str | None = None
    severity: str | None = None
    check_results: list[_CheckResult] | None = None


class _DetailReport(_Camel):
    control_check: list[_DetailedControl] | None


class _ComplianceDetailReport(_Camel):
    metadata: Metadata
    report: _DetailReport


def read(report: Object) -> Iterator[Finding | None]:
    """The findings of a ClusterComplianceReport, and None for each control that passed.

    Errors: `ReportError` for one whose first scan is still to come.
    """
    decoded = report.decode(_ComplianceReport)
    status, benchmark = decoded.status or _Status(), decoded.metadata.name
    if status.detail_report is not None:
        for control in status.detail_report.results or ():
            yield from _detailed(benchmark, control)
        return
    counts = status.summary_report.control_check if status.summary_report else status.control_check
    if counts is None and status.summary_report is None:
        raise ReportError("a ClusterComplianceReport without results: its scan is due", where=report.source)
    for count in counts or ():
        failures = count.total_fail or count.fail_total
        yield _counted(benchmark, count, failures) if failures else None


def read_detail(report: Object) -> Iterator[Finding | None]:
    """The same for a ClusterComplianceDetailReport, which existed until 2022."""
    decoded = report.decode(_ComplianceDetailReport)
    for control in decoded.report.control_check or ():
        for result in control.check_results or ():
            for failure in result.details or ():
                is_failed = failure.status != "PASS"
                yield _old_failure(decoded.metadata.name, control, result, failure) if is_failed else None


def _names(benchmark: str | None, control: str, check: str | None) -> tuple[str, ...]:
    names = (f"{benchmark}/{control}" if benchmark else None, check)
    return tuple(name for name in names if name)


def _counted(benchmark: str | None, count: _Count, failures: int) -> Finding:
    aliases = _names(benchmark, count.id, None)
    message = f"{count.name or count.id} ({failures} failures)"
    return Finding(
        type="compliance",
        check=count.id,
        severity=severity_of_word(count.severity),
        tool=_TOOL,
        message=message,
        aliases=aliases,
        context=" ".join((*aliases, message)),
    )


def _detailed(benchmark: str | None, control: _Control) -> Iterator[Finding | None]:
    for check in control.checks or ():
        if check.success:
            yield None
            continue
        namespace, resource = _target(check.target or "")
        messages = "; ".join(message for message in check.messages or () if message)
        message = messages or check.title or control.name or control.id
        aliases = _names(benchmark, control.id, check.id)
        yield Finding(
            type="compliance",
            check=control.id,
            severity=severity_of_word(check.severity or control.severity),
            tool=_TOOL,
            message=message,
            aliases=aliases,
            namespace=namespace,
            resource=resource,
            context=" ".join((*aliases, message)),
        )


def _old_failure(
    benchmark: str | None, control: _DetailedControl, result: _CheckResult, failure: _Failure
) -> Finding:
    kind, name = result.object_type, failure.name
    aliases = _names(benchmark, control.id, result.id)
    message = failure.msg or control.name or control.id
    return Finding(
        type="compliance",
        check=control.id,
        severity=severity_of_word(control.severity),
        tool=_TOOL,
        message=message,
        aliases=aliases,
        namespace=failure.namespace or None,
        resource=resource_name(kind, name.removeprefix(f"{kind}-".lower()) if name else None),
        context=" ".join((*aliases, message)),
    )


def _target(target: str) -> tuple[str | None, str | None]:
    """Namespace and resource of a target such as `billing/replicaset-web-5d4f`."""
    namespace, _, rest = target.rpartition("/")
    word, _, name = rest.partition("-")
    return namespace or None, resource_name(_KINDS.get(word), name) or rest or None


_KINDS = {
    kind.lower(): kind
    for kind in (
        "ClusterRole",
        "ClusterRoleBinding",
        "ConfigMap",
        "CronJob",
        "CustomResourceDefinition",
        "DaemonSet",
        "Deployment",
        "Ingress",
        "Job",
        "LimitRange",
        "Namespace",
        "NetworkPolicy",
        "Node",
        "Pod",
        "ReplicaSet",
        "ReplicationController",
        "ResourceQuota",
        "Role",
        "RoleBinding",
        "Service",
        "ServiceAccount",
        "StatefulSet",
    )
}
