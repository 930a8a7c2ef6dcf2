"""KubeLinter JSON (`kube-linter lint --format json`).

Source: stackrox/kube-linter `pkg/run/run.go`, `pkg/lintcontext/context.go`. It knows no severity, and
lists neither what passed nor what an annotation ignores.
"""

from __future__ import annotations

import msgspec

from reprieve.findings.kubernetes import resource_name
from reprieve.findings.model import Finding, Report
from reprieve.findings.readers.interface import Reader
from reprieve.findings.source import Source

NAME = "kube-linter"


class _Pascal(msgspec.Struct, rename="pascal", gc=False):
    """KubeLinter's field names: `FilePath` for our `file_path`."""


class _Diagnostic(_Pascal):
    message: str | None = None


class _Kind(_Pascal):
    kind: str | None = None


class _KubernetesObject(_Pascal):
    namespace: str | None = None
    name: str | None = None
    group_version_kind: _Kind | None = None


class _Metadata(_Pascal):
    file_path: str | None = None


class _Object(_Pascal):
    metadata: _Metadata | None = None
    object: _KubernetesObject | None = msgspec.field(name="K8sObject", default=None)


class _Lint(_Pascal):
    check: str
    object: _Object
    diagnostic: _Diagnostic | None = None


class _Check(msgspec.Struct, gc=False):
    name: str | None = None


class _Result(_Pascal):
    reports: list[_Lint] | None
    checks: list[_Check] | None = None


def _recognises(source: Source) -> bool:
    return "Reports" in source.keys and bool(source.keys & {"Checks", "Summary"})


def _read(source: Source) -> Report:
    result = source.decode(_Result)
    findings = [_finding(lint) for lint in result.reports or ()]
    listed = frozenset(check.name for check in result.checks or () if check.name)
    return Report(source.name, NAME, findings, knows={NAME: listed} if listed else {})


def _finding(lint: _Lint) -> Finding:
    target = lint.object.object or _KubernetesObject()
    kind = target.group_version_kind.kind if target.group_version_kind else None
    path = lint.object.metadata.file_path if lint.object.metadata else None
    return Finding(
        type="misconfiguration",
        check=lint.check,
        severity="unknown",
        tool=NAME,
        message=(lint.diagnostic.message if lint.diagnostic else None) or lint.check,
        namespace=target.namespace or None,
        resource=resource_name(kind, target.name),
        path=path.replace("\\", "/") if path else None,
    )


READER = Reader(NAME, "KubeLinter JSON", _recognises, _read)
