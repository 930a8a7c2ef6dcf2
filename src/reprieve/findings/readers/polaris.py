"""Polaris audits (`polaris audit --format json`).

Source: FairwindsOps/polaris `pkg/validator/output.go`. Results sit at three levels: the object, its
pod template and each container. What an exemption hides is not in the report.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from reprieve.findings.extents import extents_of
from reprieve.findings.kubernetes import resource_name
from reprieve.findings.model import Finding, Report, Target
from reprieve.findings.readers.interface import Reader
from reprieve.findings.severity import severity_of_word
from reprieve.findings.source import Source

NAME = "polaris"


class _Pascal(msgspec.Struct, rename="pascal", gc=False):
    """Polaris' field names: `PodResult` for our `pod_result`."""


class _Check(_Pascal):
    success: bool
    id: str | None = msgspec.field(name="ID", default=None)
    message: str | None = None
    details: list[str] | None = None
    severity: str | None = None


class _Container(_Pascal):
    results: dict[str, _Check] | None
    name: str | None = None


class _Pod(_Pascal):
    results: dict[str, _Check] | None
    container_results: list[_Container] | None = None


class _Controller(_Pascal):
    results: dict[str, _Check] | None
    name: str | None = None
    namespace: str | None = None
    kind: str | None = None
    pod_result: _Pod | None = None


class _Audit(_Pascal):
    results: list[_Controller] | None
    source_type: str | None = None
    source_name: str | None = None
    display_name: str | None = None


def _recognises(source: Source) -> bool:
    return {"PolarisOutputVersion", "Results"} <= source.keys


def _read(source: Source) -> Report:
    audit = source.decode(_Audit)
    findings: list[Finding] = []
    targets: list[Target] = []
    checks: dict[str, None] = {}
    passed = 0
    for controller in audit.results or ():
        targets.append(
            Target(
                controller.namespace or None, resource_name(controller.kind, controller.name), _path(audit)
            )
        )
        for level, key, check in _checks(controller):
            checks[check.id or key] = None
            if check.success:
                passed += 1
            else:
                findings.append(_finding(audit, controller, level, check.id or key, check))
    # without what passed (`--only-show-failed-tests`) it is no list of what was looked at
    listed = (targets, checks) if passed else ()
    extents = extents_of(NAME, "misconfiguration", *listed, cluster=_cluster(audit))
    return Report(source.name, NAME, findings, passed, extents=extents)


def _checks(controller: _Controller) -> Iterator[tuple[str, str, _Check]]:
    """Each check with the level it is about: the object itself, its pods, or one container."""
    for key, check in (controller.results or {}).items():
        yield "", key, check
    pod = controller.pod_result
    if pod is None:
        return
    for key, check in (pod.results or {}).items():
        yield "pod", key, check
    for container in pod.container_results or ():
        for key, check in (container.results or {}).items():
            yield f"container {container.name}", key, check


def _finding(audit: _Audit, controller: _Controller, level: str, key: str, check: _Check) -> Finding:
    details = f" ({'; '.join(check.details)})" if check.details else ""
    message = f"{check.message or key}{details}"
    return Finding(
        type="misconfiguration",
        check=key,
        severity=severity_of_word(check.severity),
        tool=NAME,
        message=f"{level}: {message}" if level else message,
        cluster=_cluster(audit),
        namespace=controller.namespace or None,
        resource=resource_name(controller.kind, controller.name),
        path=_path(audit),
    )


def _cluster(audit: _Audit) -> str | None:
    """The name that the audit was given; by default it is only the address of the API server."""
    if not (audit.source_type or "").startswith("Cluster"):
        return None
    name = audit.display_name or ""
    return name if name and name != audit.source_name and "://" not in name else None


def _path(audit: _Audit) -> str | None:
    """The file audited; for a folder the report does not say which of its files an object is in."""
    name = (audit.source_name or "").replace("\\", "/")
    is_file = audit.source_type == "Path" and name.endswith((".yaml", ".yml", ".json"))
    return name if is_file else None


READER = Reader(NAME, "Polaris JSON", _recognises, _read)
