"""AWS Security Finding Format: `{"Findings": [...]}` of the AWS CLI, a list, NDJSON or one finding.

Source: AWS Security Hub user guide, "ASFF syntax"; writers: Prowler `prowler/lib/outputs/asff/asff.py`,
Trivy `contrib/asff.tpl`, kube-bench `check/controls.go`, MITRE's hdf-converters. Prowler writes WARNING
for what it muted. Trivy and Prowler leave `Workflow` out. A product without a rule id of its own
(GuardDuty, Inspector) puts its rule into the types, the title or `Vulnerabilities`.

One ASFF object is one finding: an object about several advisories or packages is matched by neither.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Literal

import msgspec

from reprieve.errors import ReportError
from reprieve.findings.model import CheckType, Finding, Report, Severity
from reprieve.findings.purl import purl
from reprieve.findings.readers.clouds import (
    ADVISORY,
    NOT_FIXED,
    THREAT_PRODUCTS,
    cluster_of,
    control_of,
    image_of,
    only_of_its_type,
    package_of,
    threat_of,
)
from reprieve.findings.readers.interface import Reader
from reprieve.findings.severity import severity_of_score, severity_of_word
from reprieve.findings.source import Source

NAME = "asff"


class _Pascal(msgspec.Struct, rename="pascal", gc=False):
    """ASFF's field names: `GeneratorId` for our `generator_id`."""


class _Severity(_Pascal):
    label: str | None = None
    normalized: float | None = None


class _Container(_Pascal):
    image_name: str | None = None


class _Details(_Pascal):
    container: _Container | None = None
    other: dict[str, Any] | None = None


class _Resource(_Pascal):
    id: str | None = None
    type: str | None = None
    region: str | None = None
    details: _Details | None = None


class _Compliance(_Pascal):
    status: str | None = None
    security_control_id: str | None = None


class _Workflow(_Pascal):
    status: str | None = None


class _Note(_Pascal):
    text: str | None = None


class _Package(_Pascal):
    name: str | None = None
    version: str | None = None
    epoch: str | int | None = None
    release: str | None = None
    package_manager: str | None = None
    fixed_in_version: str | None = None


class _Vulnerability(_Pascal):
    id: str | None = None
    vulnerable_packages: list[_Package] | None = None
    fix_available: str | None = None


class _ProviderFields(_Pascal):
    severity: _Severity | None = None
    types: list[str] | None = None


class _Finding(_Pascal):
    generator_id: str
    product_arn: str
    id: str | None = None
    product_name: str | None = None
    aws_account_id: str | None = None
    region: str | None = None
    types: list[str] | None = None
    severity: _Severity | None = None
    title: str | None = None
    description: str | None = None
    product_fields: dict[str, Any] | None = None
    finding_provider_fields: _ProviderFields | None = None
    resources: list[_Resource] | None = None
    compliance: _Compliance | None = None
    workflow: _Workflow | None = None
    workflow_state: str | None = None
    record_state: str | None = None
    note: _Note | None = None
    vulnerabilities: list[_Vulnerability] | None = None


class _Findings(msgspec.Struct, gc=False):
    """The AWS CLI writes `Findings`; some exports write `findings`."""

    upper: list[_Finding] | None = msgspec.field(name="Findings", default=None)
    lower: list[_Finding] | None = msgspec.field(name="findings", default=None)


_WRAPPER_KEYS = frozenset({"NextToken", "ResponseMetadata"})


def _recognises(source: Source) -> bool:
    if {"GeneratorId", "ProductArn"} <= source.keys:
        return True
    if source.shape != "object":
        return False
    rest, start = source.keys - _WRAPPER_KEYS, source.data[:65536]
    # `Findings` wraps OCSF too, and `findings` is a common key: there the first finding has to tell.
    return (rest == {"Findings"} and b'"class_uid"' not in start) or (
        rest == {"findings"} and b'"GeneratorId"' in start
    )


def _read(source: Source) -> Report:
    every = _objects(source)
    findings: list[Finding] = []
    for found in every:
        state = _state(found)
        if state != "over":
            findings.append(_finding(found, state))
    return Report(source.name, NAME, findings, len(every) - len(findings))


def _objects(source: Source) -> list[_Finding]:
    if source.shape == "array":
        return source.decode(list[_Finding])
    if "GeneratorId" in source.keys:
        return [source.decode(_Finding)]
    wrapper = source.decode(_Findings)
    every = wrapper.upper if wrapper.upper is not None else wrapper.lower
    if every is None:
        raise ReportError("neither an ASFF finding nor a list of them", where=source.name)
    return every


_State = Literal["open", "suppressed", "muted", "resolved", "over"]
_PASSED = frozenset({"PASSED", "PASS", "NOT_AVAILABLE", "INFO", "INFOED", "MANUAL"})
_FAILED = frozenset({"FAILED", "FAIL", "WARNING"})


def _state(found: _Finding) -> _State:
    """`over` needs no action. `resolved` was closed by hand although its check still fails."""
    status = ((found.compliance.status if found.compliance else None) or "").upper()
    if status in _PASSED or found.record_state == "ARCHIVED":
        return "over"
    if status == "MUTED" or (status.startswith("WARNING") and _tool(found) == "prowler"):
        return "muted"
    workflow = (found.workflow.status if found.workflow else None) or found.workflow_state
    if workflow == "SUPPRESSED":
        return "suppressed"
    if workflow == "RESOLVED":
        return "resolved" if status in _FAILED else "over"
    return "open"


def _finding(found: _Finding, state: _State) -> Finding:
    resource = _subject(found)
    other = (resource.details.other if resource.details else None) or {}
    vulnerabilities = found.vulnerabilities or []
    packages = [package for entry in vulnerabilities for package in entry.vulnerable_packages or ()]
    type_ = _type(found)
    check = _check(found, type_, other)
    is_trivy = _tool(found) == "trivy"
    return Finding(
        type=type_,
        check=check,
        severity=_severity(found),
        tool=_tool(found),
        message=_message(found, resource) or check,
        aliases=(found.generator_id,) if found.generator_id.endswith(("/" + check, "-" + check)) else (),
        cluster=cluster_of(resource.id),
        resource=resource.id or None,
        path=_path(resource, other) if is_trivy else None,
        line=_line(other, "StartLine") if is_trivy else None,
        end_line=_line(other, "EndLine") if is_trivy else None,
        image=_image(resource, is_trivy=is_trivy),
        package=_package(found, packages),
        fix=_fix(found, packages, other),
        context=_context(found, packages, other),
        suppressed=_reason(found, state),
    )


def _subject(found: _Finding) -> _Resource:
    resources = found.resources or []
    is_clear = only_of_its_type([resource.type for resource in resources])
    return resources[0] if is_clear else _Resource()


def _reason(found: _Finding, state: _State) -> str | None:
    if state == "open":
        return None
    note = (found.note.text if found.note else None) or ""
    return note or ("resolved" if state == "resolved" else "")


def _tool(found: _Finding) -> str:
    """The product: a third party's is in its own fields, or in the ARN (`…:product/prowler/prowler`)."""
    fields = found.product_fields or {}
    for name in (
        found.product_name,
        fields.get("ProviderName"),
        fields.get("Product Name"),
        fields.get("aws/securityhub/ProductName"),
    ):
        if isinstance(name, str) and name and name != "Default":
            return name.lower()
    name = found.product_arn.rpartition("/")[2].lower()
    return "asff" if name in {"", "default"} else name


def _type(found: _Finding) -> CheckType:
    types = found.types or (found.finding_provider_fields or _ProviderFields()).types or ()
    if found.vulnerabilities or any("/Vulnerabilities" in type_ for type_ in types):
        return "vulnerability"
    if _tool(found) == "trivy":
        is_secret = any(type_.startswith("Sensitive Data Identifications") for type_ in types)
        return "secret" if is_secret else "misconfiguration"
    return "compliance"


_WRITER = re.compile(r"^(?:prowler-|Trivy/)")


def _check(found: _Finding, type_: CheckType, other: Mapping[str, Any]) -> str:
    if type_ == "vulnerability":
        return _advisory(found, other) or found.title or found.generator_id
    fields = found.product_fields or {}
    control = found.compliance.security_control_id if found.compliance else None
    tool = _tool(found)
    named = control or fields.get("ControlId") or fields.get("aws/config/ConfigRuleName")
    if isinstance(named, str) and named:
        return named
    if tool in THREAT_PRODUCTS:
        return threat_of(found.types or ()) or found.generator_id
    if type_ == "secret":
        return (found.title or "secret").rpartition(": ")[2]
    if tool in {"prowler", "trivy"}:
        return _WRITER.sub("", found.generator_id)
    return control_of(found.generator_id) or found.generator_id


def _advisory(found: _Finding, other: Mapping[str, Any]) -> str | None:
    ids = {entry.id for entry in found.vulnerabilities or () if entry.id}
    if ids:
        return ids.pop() if len(ids) == 1 else None
    named = _text(other, "CVE ID")
    if named:
        return named
    advisory = ADVISORY.search(f"{found.generator_id} {found.title or ''}")
    return advisory[0] if advisory else None


def _severity(found: _Finding) -> Severity:
    for severity in (found.severity, (found.finding_provider_fields or _ProviderFields()).severity):
        if severity and severity.label:
            return severity_of_word(severity.label)
        if severity and severity.normalized is not None:
            return severity_of_score(severity.normalized / 10)
    return "unknown"


def _message(found: _Finding, subject: _Resource) -> str:
    """The title, with the resources where none of them is the subject.

    Prowler's title is that of the check; what it found is in the description.
    """
    first, second = found.title or "", found.description or ""
    if _tool(found) == "prowler":
        first, second = second, first
    ids = ", ".join(resource.id for resource in found.resources or () if resource.id)
    return f"{first or second} ({ids})" if ids and subject.id is None else first or second


def _image(resource: _Resource, *, is_trivy: bool) -> str | None:
    """Trivy cuts the name in its details, but not the target: `alpine:3.9 (alpine 3.9.4)`."""
    if is_trivy:
        image, is_system, _ = (resource.id or "").rpartition(" (")
        return image if is_system else None
    container = resource.details.container if resource.details else None
    return (container.image_name if container else None) or image_of(resource.id)


def _path(resource: _Resource, other: Mapping[str, Any]) -> str | None:
    """The file of a Trivy finding: its target, except for the system packages of an image."""
    is_file = resource.id and not resource.id.endswith(")")
    return _text(other, "Filename") or (resource.id if is_file else None)


_SYSTEM = re.compile(r"(ALPINE|AMAZON|DEBIAN|UBUNTU|CENTOS|ORACLE|ROCKY|ALMA|SUSE|REDHAT|FEDORA)")


def _package(found: _Finding, packages: list[_Package]) -> str | None:
    """The package, when the finding is about one: about several, a package would stand for the others."""
    if len({package.name for package in packages}) != 1:
        return None
    package = packages[0]
    is_versioned = len({(package.version, package.release) for package in packages}) == 1
    version = "-".join(part for part in (package.version, package.release) if part) if is_versioned else None
    if package.package_manager != "OS":
        return package_of(package.package_manager, package.name, version)
    fields = found.product_fields or {}
    platform = next((fields[key] for key in fields if key.endswith("/platform")), "")
    system = _SYSTEM.match(str(platform).replace("RED_HAT", "REDHAT"))
    return purl(system[1].lower(), package.name, version) if system else None


def _fix(found: _Finding, packages: list[_Package], other: Mapping[str, Any]) -> str | None:
    fixed = (package.fixed_in_version for package in packages)
    versions = dict.fromkeys(version for version in fixed if version and version != NOT_FIXED)
    if versions:
        return ", ".join(versions)
    if any(entry.fix_available == "YES" for entry in found.vulnerabilities or ()):
        return "available"
    return _text(other, "Patched Package")


def _text(other: Mapping[str, Any], key: str) -> str | None:
    value = other.get(key)
    return value if isinstance(value, str) and value else None


def _line(other: Mapping[str, Any], key: str) -> int | None:
    value = _text(other, key)
    return int(value) or None if value and value.isdigit() else None


def _context(found: _Finding, packages: list[_Package], other: Mapping[str, Any]) -> str:
    """Account, region, title and what else is affected; the finding's id is new whenever it is reopened."""
    resources = found.resources or []
    region = found.region or (resources[0].region if resources else None)
    rest = [resource.id for resource in resources[0 if _subject(found).id is None else 1 :]]
    names = dict.fromkeys(package.name for package in packages)
    parts = (found.aws_account_id, region, found.title, _text(other, "PkgName"), *rest, *names)
    return "\n".join(part for part in parts if part)


READER = Reader(NAME, "AWS Security Finding Format (Security Hub)", _recognises, _read)
