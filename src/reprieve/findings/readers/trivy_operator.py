"""Trivy Operator's report objects, as kubectl writes them.

Source: aquasecurity/trivy-operator `pkg/apis/aquasecurity/v1alpha1/`, and its documents of 2022 for the
older compliance layouts. Some exporters wrap the objects in an object of lists by resource name
(`configauditreports.aquasecurity.github.io`). Of an exposed secret the match is not read: around the
masked value it shows the line.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import msgspec

from reprieve.errors import ReportError
from reprieve.findings.kubernetes import (
    Metadata,
    Object,
    OwnerReference,
    first_group,
    labelled_resource,
    objects,
    objects_in,
    resource_name,
)
from reprieve.findings.model import Finding, Report
from reprieve.findings.purl import purl
from reprieve.findings.readers import trivy_compliance
from reprieve.findings.readers.interface import Reader
from reprieve.findings.severity import severity_of_word
from reprieve.findings.source import Source

NAME = "trivy-operator"
_GROUP = "aquasecurity.github.io"
_TOOL = "trivy"


class _Camel(msgspec.Struct, rename="camel", gc=False):
    """The operator's field names: `vulnerabilityID` apart, `fixedVersion` for our `fixed_version`."""


class _Check(_Camel):
    success: bool
    id: str | None = msgspec.field(name="checkID", default=None)
    title: str | None = None
    severity: str | None = None
    messages: list[str] | None = None


class _Audit(_Camel):
    checks: list[_Check] | None


class _Registry(_Camel):
    server: str | None = None


class _Artifact(_Camel):
    repository: str | None = None
    digest: str | None = None
    tag: str | None = None


class _Vulnerability(_Camel):
    id: str = msgspec.field(name="vulnerabilityID")
    resource: str | None = None
    installed_version: str | None = None
    fixed_version: str | None = None
    severity: str | None = None
    title: str | None = None
    target: str | None = None
    class_: str | None = msgspec.field(name="class", default=None)
    package_type: str | None = None
    package_path: str | None = None
    package_purl: str | None = msgspec.field(name="packagePURL", default=None)


class _Scan(_Camel):
    vulnerabilities: list[_Vulnerability] | None
    registry: _Registry | None = None
    artifact: _Artifact | None = None


class _Secret(_Camel):
    rule_id: str = msgspec.field(name="ruleID")
    target: str | None = None
    title: str | None = None
    severity: str | None = None


class _SecretScan(_Camel):
    secrets: list[_Secret] | None
    registry: _Registry | None = None
    artifact: _Artifact | None = None


class _AuditReport(_Camel):
    report: _Audit
    metadata: Metadata


class _VulnerabilityReport(_Camel):
    report: _Scan
    metadata: Metadata


class _SecretReport(_Camel):
    report: _SecretScan
    metadata: Metadata


def _recognises(source: Source) -> bool:
    return _is_wrapped(source) or first_group(source) == _GROUP


def _is_wrapped(source: Source) -> bool:
    return bool(source.keys) and all(key.endswith(f".{_GROUP}") for key in source.keys)


def _read(source: Source) -> Report:
    findings: list[Finding] = []
    passed = 0
    for report in _objects(source):
        for item in _read_object(report):
            if item is None:
                passed += 1
            else:
                findings.append(item)
    return Report(source.name, NAME, findings, passed)


def _objects(source: Source) -> Iterator[Object]:
    if not _is_wrapped(source):
        return objects(source)
    lists = source.decode(dict[str, list[msgspec.Raw]])
    return objects_in((item for items in lists.values() for item in items), source.name)


def _read_object(report: Object) -> Iterator[Finding | None]:
    """The findings of one report object, and None for each check that passed."""
    reader = _READERS.get(report.kind) if report.group == _GROUP else None
    if reader is None:
        raise ReportError(
            f"an object of kind {report.kind or 'none'} among Trivy Operator's reports",
            where=report.source,
            hint="write each kind of report to a file of its own",
        )
    return reader(report)


def _audit(report: Object) -> Iterator[Finding | None]:
    decoded = report.decode(_AuditReport)
    resource = _resource(decoded.metadata)
    for check in decoded.report.checks or ():
        messages = "; ".join(message for message in check.messages or () if message)
        yield (
            None
            if check.success
            else Finding(
                type="misconfiguration",
                check=check.id or check.title or "unknown-check",
                severity=severity_of_word(check.severity),
                tool=_TOOL,
                message=messages or check.title or "",
                namespace=decoded.metadata.namespace or None,
                resource=resource,
            )
        )


def _vulnerabilities(report: Object) -> Iterator[Finding | None]:
    decoded = report.decode(_VulnerabilityReport)
    image = _image(decoded.report.registry, decoded.report.artifact)
    resource, container = _resource(decoded.metadata), _container(decoded.metadata)
    for found in decoded.report.vulnerabilities or ():
        target = found.target if found.class_ == "lang-pkgs" else None
        yield Finding(
            type="vulnerability",
            check=found.id,
            severity=severity_of_word(found.severity),
            tool=_TOOL,
            message=found.title or f"{found.resource} {found.installed_version}",
            namespace=decoded.metadata.namespace or None,
            resource=resource,
            path=found.package_path or target or None,
            image=image,
            package=found.package_purl or purl(found.package_type, found.resource, found.installed_version),
            fix=found.fixed_version or None,
            context=f"{container} {found.resource}",
        )


def _secrets(report: Object) -> Iterator[Finding | None]:
    decoded = report.decode(_SecretReport)
    image = _image(decoded.report.registry, decoded.report.artifact)
    resource, container = _resource(decoded.metadata), _container(decoded.metadata)
    for secret in decoded.report.secrets or ():
        title = secret.title or secret.rule_id
        yield Finding(
            type="secret",
            check=secret.rule_id,
            severity=severity_of_word(secret.severity),
            tool=_TOOL,
            message=title,
            namespace=decoded.metadata.namespace or None,
            resource=resource,
            path=secret.target or None,
            image=image,
            context=f"{container} {title}",
        )


def _nothing(_report: Object) -> Iterator[Finding | None]:
    """A bill of materials finds nothing."""
    return iter(())


def _resource(metadata: Metadata) -> str | None:
    """`Kind/name` of the workload or role, from the report's labels or else its owner."""
    kind, name = labelled_resource(metadata)
    owner = metadata.owner_references[0] if metadata.owner_references else OwnerReference()
    return resource_name(kind or owner.kind, name or owner.name)


def _container(metadata: Metadata) -> str:
    labels = metadata.labels or {}
    return next((str(labels[key]) for key in labels if key.endswith(".container.name")), "")


def _image(registry: _Registry | None, artifact: _Artifact | None) -> str | None:
    if artifact is None or not artifact.repository:
        return None
    server = registry.server if registry else None
    name = f"{server}/{artifact.repository}" if server else artifact.repository
    if artifact.tag:
        return f"{name}:{artifact.tag}"
    return f"{name}@{artifact.digest}" if artifact.digest else name


_READERS: dict[str, Callable[[Object], Iterator[Finding | None]]] = {
    "ConfigAuditReport": _audit,
    "ClusterConfigAuditReport": _audit,
    "RbacAssessmentReport": _audit,
    "ClusterRbacAssessmentReport": _audit,
    "InfraAssessmentReport": _audit,
    "ClusterInfraAssessmentReport": _audit,
    "VulnerabilityReport": _vulnerabilities,
    "ClusterVulnerabilityReport": _vulnerabilities,
    "ExposedSecretReport": _secrets,
    "ClusterComplianceReport": trivy_compliance.read,
    "ClusterComplianceDetailReport": trivy_compliance.read_detail,
    "SbomReport": _nothing,
    "ClusterSbomReport": _nothing,
}

READER = Reader(NAME, "Trivy Operator reports", _recognises, _read)
