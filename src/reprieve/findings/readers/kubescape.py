"""Kubescape JSON, format version 2: the results of every control on every resource.

Source: kubescape/opa-utils `reporthandling/v2`, `reporthandling/results/v1` and
`reporthandling/apis/{statuses,severity}.go`. The severity is a control's score in the summary. Reports of
2022 give a status only for the rules of a control, and there a rule that failed under an exception
still says `failed`; since then the control says `passed` with the sub-status `w/exceptions`.
"""

from __future__ import annotations

import msgspec

from reprieve.errors import ReportError
from reprieve.findings.extents import extents_of
from reprieve.findings.kubernetes import Metadata, resource_name
from reprieve.findings.model import Finding, Report, Severity, Target
from reprieve.findings.readers.interface import Reader
from reprieve.findings.source import Source

NAME = "kubescape"
_EXCEPTED = "w/exceptions"


class _Camel(msgspec.Struct, rename="camel", gc=False):
    """Kubescape's field names: `summaryDetails` for our `summary_details`."""


class _Object(_Camel):
    kind: str | None = None
    metadata: Metadata | None = None
    name: str | None = None
    namespace: str | None = None


class _File(_Camel):
    path: str | None = None
    relative_path: str | None = None


class _Resource(_Camel):
    id: str = msgspec.field(name="resourceID")
    object: _Object | None = None
    source: _File | None = None


class _Exception(_Camel):
    name: str | None = None
    reason: str | None = None


class _Rule(_Camel):
    status: str | None = None
    exception: list[_Exception] | None = None


class _Status(_Camel):
    status: str | None = None
    sub_status: str | None = None


class _Control(_Camel):
    id: str = msgspec.field(name="controlID")
    name: str | None = None
    status: _Status | None = None
    rules: list[_Rule] | None = None


class _Result(_Camel):
    resource_id: str = msgspec.field(name="resourceID")
    controls: list[_Control] | None = None
    raw_resource: _Resource | None = None


class _Counters(_Camel):
    failed_resources: int | None = None


class _ControlSummary(_Camel):
    score_factor: float | None = None
    counters: _Counters | None = msgspec.field(name="ResourceCounters", default=None)


class _Framework(_Camel):
    name: str | None = None


class _Summary(_Camel):
    controls: dict[str, _ControlSummary] | None = None
    frameworks: list[_Framework] | None = None


class _Cluster(_Camel):
    context_name: str | None = None


class _Target(_Camel):
    cluster: _Cluster | None = msgspec.field(name="clusterContextMetadata", default=None)


class _Metadata(_Camel):
    target: _Target | None = msgspec.field(name="targetMetadata", default=None)


class _Posture(_Camel):
    summary_details: _Summary
    results: list[_Result] | None = None
    resources: list[_Resource] | None = None
    cluster_name: str | None = None
    metadata: _Metadata | None = None


class _Place(msgspec.Struct, gc=False):
    """Where a resource is: in a file, or in the cluster."""

    cluster: str | None
    namespace: str | None
    resource: str | None
    path: str | None
    context: str
    """Of a cluster's resource its id; of a file's, the id would hold a hash of where the file was."""


def _recognises(source: Source) -> bool:
    return "summaryDetails" in source.keys and bool(source.keys & {"results", "resources", "reportGUID"})


def _read(source: Source) -> Report:
    posture = source.decode(_Posture)
    _require_results(posture, source.name)
    severities = {
        id_: severity_of_factor(control.score_factor)
        for id_, control in (posture.summary_details.controls or {}).items()
    }
    resources = {resource.id: resource for resource in posture.resources or ()}
    cluster = _cluster(posture)
    findings: list[Finding] = []
    targets: list[Target] = []
    passed = 0
    for result in posture.results or ():
        resource = result.raw_resource or resources.get(result.resource_id)
        place = _place(cluster, result.resource_id, resource)
        targets.append(Target(place.namespace, place.resource, place.path))
        for control in result.controls or ():
            status, suppressed = _status(control)
            if status == "failed" or suppressed is not None:
                severity = severities.get(control.id, "unknown")
                findings.append(_finding(control, severity, place, suppressed))
            else:
                passed += 1
    frameworks = sorted(one.name or "" for one in posture.summary_details.frameworks or ())
    extents = extents_of(NAME, "compliance", targets, severities, among=" ".join(frameworks), cluster=cluster)
    return Report(source.name, NAME, findings, passed, extents=extents)


def _require_results(posture: _Posture, name: str) -> None:
    summary = (posture.summary_details.controls or {}).values()
    failed = sum(control.counters.failed_resources or 0 for control in summary if control.counters)
    if failed and not posture.results:
        raise ReportError(f"the summary counts {failed} failed resources, but none is listed", where=name)


def _cluster(posture: _Posture) -> str | None:
    target = posture.metadata.target if posture.metadata else None
    context = target.cluster.context_name if target and target.cluster else None
    return posture.cluster_name or context or None


def severity_of_factor(score_factor: float | None) -> Severity:
    """The severity that Kubescape shows for a control's score factor, 0 to 10."""
    for floor, severity in _FLOORS:
        if score_factor is not None and score_factor >= floor:
            return severity
    return "unknown"


_FLOORS: tuple[tuple[int, Severity], ...] = ((9, "critical"), (7, "high"), (4, "medium"), (1, "low"))


def _status(control: _Control) -> tuple[str, str | None]:
    """The status of a control on a resource and, when it failed under an exception, the reason."""
    stated = control.status or _Status()
    rules = control.rules or ()
    failed = [rule for rule in rules if rule.status == "failed"]
    status = stated.status or ("failed" if failed else "passed")
    is_excepted = stated.sub_status == _EXCEPTED or stated.status == "excluded"
    if not stated.status:
        is_excepted = bool(failed) and all(rule.exception for rule in failed)
    if not is_excepted:
        return status, None
    exceptions = [exception for rule in rules for exception in rule.exception or ()]
    reasons = (exception.reason or exception.name for exception in exceptions)
    return status, next((reason for reason in reasons if reason), "")


def _place(cluster: str | None, id_: str, resource: _Resource | None) -> _Place:
    """From the resource itself; from its id, `<group>/<version>/<namespace>/<kind>/<name>`, without it."""
    found = (resource.object if resource else None) or _Object()
    metadata = found.metadata or Metadata()
    file = (resource.source if resource else None) or _File()
    path = file.relative_path or file.path
    name = resource_name(found.kind, metadata.name or found.name)
    parts = id_.split("/")
    if name is None and len(parts) >= 3:
        name = resource_name(parts[-2], parts[-1])
        metadata.namespace = parts[-3]
    return _Place(
        cluster=cluster,
        namespace=metadata.namespace or found.namespace or None,
        resource=name,
        path=path.replace("\\", "/") if path else None,
        context="" if path else id_,
    )


def _finding(control: _Control, severity: Severity, place: _Place, suppressed: str | None) -> Finding:
    return Finding(
        type="compliance",
        check=control.id,
        severity=severity,
        tool=NAME,
        message=control.name or control.id,
        cluster=place.cluster,
        namespace=place.namespace,
        resource=place.resource,
        path=place.path,
        context=place.context,
        suppressed=suppressed,
    )


READER = Reader(NAME, "Kubescape JSON", _recognises, _read)
