"""Kubescape JSON, format version 1 (`--format-version v1`, the only one until 2022): frameworks of controls.

Source: kubescape/opa-utils `reporthandling/datastructuresv1.go`, `datastructuresmethods.go`;
kubescape/kubescape `core/pkg/resultshandling/printer/v1/jsonprinter.go`: one framework is an object, several
are a list. A control fails on a resource when one of its rules has a response about it that no exception
covers; a finding is what version 2 makes of it, one for a control and a resource, however many frameworks
hold the control. A control's `score` is the share of resources that failed; its severity is `baseScore`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from reprieve.errors import ReportError
from reprieve.findings.kubernetes import resource_name
from reprieve.findings.model import Finding, Report
from reprieve.findings.readers.interface import Reader
from reprieve.findings.readers.kubescape import severity_of_factor
from reprieve.findings.source import Source

NAME = "kubescape-v1"
_TOOL = "kubescape"


class _Camel(msgspec.Struct, rename="camel", gc=False):
    """Kubescape's field names: `ruleReports` for our `rule_reports`."""


class _Objects(_Camel):
    kubernetes: list[dict[str, Any]] | None = msgspec.field(name="k8sApiObjects", default=None)
    external: dict[str, Any] | None = msgspec.field(name="externalObjects", default=None)


class _Exception(_Camel):
    name: str | None = None
    reason: str | None = None


class _Response(_Camel):
    alert_object: _Objects
    exception: _Exception | None = None


class _Status(_Camel):
    status: str | None = None
    message: str | None = None


class _Rule(_Camel):
    rule_responses: list[_Response] | None
    name: str | None = None
    rule_status: _Status | None = None


class _Control(_Camel):
    rule_reports: list[_Rule] | None
    control_id: str | None = msgspec.field(name="controlID", default=None)
    id: str | None = None
    name: str | None = None
    base_score: float | None = None
    total_resources: int | None = None
    failed_resources: int | None = None

    @property
    def check(self) -> str | None:
        return self.control_id or self.id or self.name


class _Framework(_Camel):
    control_reports: list[_Control] | None
    name: str | None = None


class _Target(msgspec.Struct, frozen=True, gc=False):
    namespace: str | None
    resource: str | None
    id: str
    """As version 2 has it: `<group>/<version>/<namespace>/<kind>/<name>`."""


def _recognises(source: Source) -> bool:
    return "controlReports" in source.keys


def _read(source: Source) -> Report:
    is_list = source.shape == "array"
    frameworks = source.decode(list[_Framework]) if is_list else [source.decode(_Framework)]
    findings: list[Finding] = []
    unread: list[str] = []
    passed = 0
    for check, control in _controls(frameworks, source.name).items():
        reasons = _failures(control)
        _require_responses(check, control, reasons, source.name)
        findings += [_finding(check, control, target, reason) for target, reason in reasons.items()]
        passed += max((control.total_resources or 0) - len(reasons), 0)
        unread += _not_run(check, control)
    return Report(source.name, NAME, findings, passed, unread=tuple(unread))


def _controls(frameworks: Iterable[_Framework], name: str) -> dict[str, _Control]:
    """Each control once. Errors: `ReportError` for one that nothing names."""
    found: dict[str, _Control] = {}
    for framework in frameworks:
        for control in framework.control_reports or ():
            if control.check is None:
                raise ReportError("a control without an id", where=name)
            found.setdefault(control.check, control)
    return found


def _failures(control: _Control) -> dict[_Target, str | None]:
    """What the control failed on; with the reason where exceptions cover every response about it."""
    found: dict[_Target, str | None] = {}
    for rule in control.rule_reports or ():
        for response in rule.rule_responses or ():
            exception = response.exception
            reason = (exception.reason or exception.name or "") if exception else None
            for target in _targets(response.alert_object):
                found[target] = None if reason is None else found.get(target, reason)
    return found


def _require_responses(check: str, control: _Control, found: dict[_Target, str | None], name: str) -> None:
    if control.failed_resources and not found:
        message = f"{check} counts {control.failed_resources} failed resources, but none is listed"
        raise ReportError(message, where=name)


def _targets(objects: _Objects) -> Iterator[_Target]:
    """The subject of a vector of objects (a service account with its roles), else each object."""
    if objects.external:
        yield _target(objects.external)
    else:
        yield from map(_target, objects.kubernetes or ())


def _target(found: dict[str, Any]) -> _Target:
    metadata = found.get("metadata")
    named = metadata if isinstance(metadata, dict) else found
    kind, name, namespace = _text(found, "kind"), _text(named, "name"), _text(named, "namespace")
    group, _, version = (_text(found, "apiVersion") or "").rpartition("/")
    parts = (group, version, namespace or "", kind or "", name or "")
    return _Target(namespace, resource_name(kind, name), "/".join(parts))


def _text(found: dict[str, Any], key: str) -> str | None:
    value = found.get(key)
    return value if isinstance(value, str) and value else None


def _not_run(check: str, control: _Control) -> Iterator[str]:
    """The rules that the tool could not evaluate: no response of theirs means nothing."""
    for rule in control.rule_reports or ():
        status = rule.rule_status or _Status()
        if status.status in {"failed", "error"} and not rule.rule_responses:
            yield f"rule {rule.name} of {check}" + (f": {status.message}" if status.message else "")


def _finding(check: str, control: _Control, target: _Target, reason: str | None) -> Finding:
    return Finding(
        type="compliance",
        check=check,
        severity=severity_of_factor(control.base_score),
        tool=_TOOL,
        message=control.name or check,
        namespace=target.namespace,
        resource=target.resource,
        context=target.id,
        suppressed=reason,
    )


READER = Reader(NAME, "Kubescape JSON, format version 1", _recognises, _read)
