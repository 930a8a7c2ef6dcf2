"""Prowler's OCSF JSON: version 3 (Security Finding), 4 and 5 (Detection Finding), and its compliance output.

Source: prowler-cloud/prowler `prowler/lib/outputs/finding.py`, `prowler/lib/outputs/ocsf/ocsf.py` and
`prowler/lib/outputs/compliance/universal/ocsf_compliance.py`; for version 3 `prowler/lib/outputs/json.py`
(tag 3.11.0). The result of a check is `status_code`; a mute only changes `status` to Suppressed. Version 3
had no code: there `status` is Success, Failure, Other for a muted failure, or Unknown for a manual check.
`status_id` is wrong in version 4.2 and not read. A cluster's name is only in the finding's uid.
"""

from __future__ import annotations

import re

import msgspec

from reprieve.findings.extents import Listed
from reprieve.findings.model import CheckType, Finding, Report
from reprieve.findings.readers.clouds import ADVISORY, cluster_of
from reprieve.findings.readers.interface import Reader
from reprieve.findings.readers.ocsf_event import (
    Event,
    FindingInfo,
    Metadata,
    Resource,
    events_of,
    severity_of,
)
from reprieve.findings.source import Source

NAME = "prowler-ocsf"

_MUTED_WORDS = frozenset({"MUTED", "WARNING", "OTHER"})
_PASSED_WORDS = frozenset({"PASS", "MANUAL", "INFO", "SUCCESS", "UNKNOWN"})
_KUBERNETES_UID = re.compile(r"prowler-kubernetes-(?P<check>\w+?)-(?P<cluster>.+)-namespace: ")
_POD = ("KubernetesAPIServer", "KubernetesControllerManager", "KubernetesScheduler", "EtcdService", "Etcd")
_KINDS = dict.fromkeys((*_POD, "KubernetesPod"), "Pod") | dict.fromkeys(
    ("KubernetesNode", "KubernetesWorkerNode"), "Node"
)
"""Before 5.5, Prowler named the component instead of the kind of the object that it looked at."""
_CLUSTER_WIDE = "cluster-wide"


class _Unmapped(msgspec.Struct, gc=False):
    provider: str | None = None


class _Event(Event, gc=False):
    unmapped: _Unmapped | None = None


def _recognises(source: Source) -> bool:
    metadata = source.head.get("metadata")
    product = metadata.get("product") if isinstance(metadata, dict) else None
    return "class_uid" in source.keys and isinstance(product, dict) and product.get("name") == "Prowler"


def _read(source: Source) -> Report:
    events = events_of(source, _Event, list[_Event])
    findings: list[Finding] = []
    listed = Listed()
    for event in events:
        found = _finding(event)
        listed.add(found, _provider(event, event.finding_info or event.finding or FindingInfo()))
        if _result(event) not in _PASSED_WORDS:
            findings.append(found)
    return report_of(source, NAME, findings, listed, len(events) - len(findings))


def report_of(source: Source, name: str, findings: list[Finding], listed: Listed, passed: int) -> Report:
    """A report whose rows were `listed`; without what passed (`--status FAIL`) it lists nothing."""
    return Report(source.name, name, findings, passed, extents=listed.extents() if passed else ())


def _result(event: _Event) -> str:
    return (event.status_code or event.status or "").upper()


def _finding(event: _Event) -> Finding:
    info = event.finding_info or event.finding or FindingInfo()
    resource = event.resources[0] if event.resources else Resource()
    check = _check(event, info)
    provider = _provider(event, info)
    is_muted = event.status == "Suppressed" or _result(event) in _MUTED_WORDS
    return Finding(
        type=type_of(check),
        check=check,
        severity=severity_of(event),
        tool="prowler",
        message=event.status_detail or event.message or info.title or check,
        cluster=cluster_of_finding(info.uid) or cluster_of(resource.uid),
        namespace=namespace_of(resource.namespace or resource.region) if provider == "kubernetes" else None,
        resource=resource_of(provider, resource.type, resource.name, resource.uid),
        path=resource.name or None if provider == "iac" else None,
        image=resource.name or None if provider == "image" else None,
        context=_context(event, info),
        suppressed="" if is_muted else None,
    )


def _check(event: _Event, info: FindingInfo) -> str:
    metadata = event.metadata or Metadata()
    feature = metadata.product.feature if metadata.product else None
    return metadata.event_code or (feature.uid if feature else None) or info.title or "unidentified check"


def _provider(event: _Event, info: FindingInfo) -> str:
    """`aws`, `kubernetes`, …: older versions have it only as the second word of the finding's uid."""
    if event.unmapped and event.unmapped.provider:
        return event.unmapped.provider
    if info.uid and info.uid.startswith("prowler-"):
        return info.uid.split("-", 2)[1]
    is_kubernetes = bool(event.resources and event.resources[0].namespace)
    return "kubernetes" if is_kubernetes else ""


def _context(event: _Event, info: FindingInfo) -> str:
    """The finding's own uid (account, region and resource); for code it ends in lines, which move."""
    return "" if _provider(event, info) == "iac" else info.uid or ""


def type_of(check: str) -> CheckType:
    """Vulnerability for an advisory's id (Prowler's image provider), compliance for its own checks."""
    return "vulnerability" if ADVISORY.fullmatch(check) else "compliance"


def cluster_of_finding(uid: str | None) -> str | None:
    """The cluster in `prowler-kubernetes-<check>-<cluster>-namespace: <namespace>-<resource>`."""
    found = _KUBERNETES_UID.match(uid) if uid else None
    return found["cluster"] if found else None


def namespace_of(region: str | None) -> str | None:
    """Prowler's region of a Kubernetes finding, `namespace: kube-system`, as the namespace."""
    name = (region or "").removeprefix("namespace: ")
    return name if name and name != _CLUSTER_WIDE else None


def resource_of(provider: str, kind: str | None, name: str | None, uid: str | None) -> str | None:
    """`Kind/name` for Kubernetes, the resource's own id for a cloud; None where it is a file or an image."""
    if provider in {"iac", "image"}:
        return None
    if provider == "kubernetes" and kind and name:
        return f"{_KINDS.get(kind, kind)}/{name}"
    return uid or name or None


READER = Reader(NAME, "Prowler OCSF JSON", _recognises, _read)
