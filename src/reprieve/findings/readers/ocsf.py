"""OCSF findings of any producer: one event, a list, NDJSON, or Security Hub's `{"Findings": [...]}`.

Source: schema.ocsf.io, category 2: Security (2001), Vulnerability (2002), Compliance (2003), Detection
Finding (2004) and their later siblings; ocsf/examples, `mappings/markdown/AWS`, for how Security Hub maps.

One event is one finding: an event about several advisories keeps its own title as its check, so that
an exception for one of them does not cover the others.
"""

from __future__ import annotations

import msgspec

from reprieve.findings.model import CheckType, Finding, Report
from reprieve.findings.readers.clouds import (
    ADVISORY,
    NOT_FIXED,
    THREAT_PRODUCTS,
    cluster_of,
    control_of,
    image_of,
    package_of,
    threat_of,
)
from reprieve.findings.readers.interface import Reader
from reprieve.findings.readers.ocsf_event import (
    VULNERABILITY_FINDING,
    Analytic,
    Cloud,
    Code,
    Compliance,
    Event,
    File,
    FindingInfo,
    Identified,
    Package,
    Product,
    Resource,
    Vulnerability,
    events_of,
    findings_only,
    life_of,
    severity_of,
    subject_of,
)
from reprieve.findings.source import Source

NAME = "ocsf"


class _Findings(msgspec.Struct, gc=False):
    events: list[Event] = msgspec.field(name="Findings")


def _recognises(source: Source) -> bool:
    if "class_uid" in source.keys:
        return bool(source.keys & {"finding_info", "finding", "metadata", "category_uid", "vulnerabilities"})
    # Security Hub's GetFindingsV2 wraps OCSF the way GetFindings wraps ASFF: the first event tells.
    return source.shape == "object" and "Findings" in source.keys and b'"class_uid"' in source.data[:65536]


def _read(source: Source) -> Report:
    if "Findings" in source.keys:
        events = findings_only(source, source.decode(_Findings).events)
    else:
        events = events_of(source, Event, list[Event])
    findings = [_finding(event) for event in events if life_of(event) != "over"]
    return Report(source.name, NAME, findings, len(events) - len(findings))


def _finding(event: Event) -> Finding:
    info = event.finding_info or event.finding or FindingInfo()
    resource = subject_of(event)
    vulnerability = event.vulnerabilities[0] if event.vulnerabilities else Vulnerability()
    packages = [
        package
        for entry in event.vulnerabilities or ()
        for package in entry.affected_packages or entry.packages or ()
    ]
    code = vulnerability.affected_code[0] if vulnerability.affected_code else Code()
    check = _check(event, info)
    return Finding(
        type=_type(event),
        check=check,
        severity=severity_of(event),
        tool=_tool(event) or "ocsf",
        message=_message(event, info, resource) or check,
        aliases=_aliases(event, check),
        cluster=cluster_of(resource.uid),
        namespace=resource.namespace or None,
        resource=resource.uid or resource.name or None,
        path=_path(code.file),
        line=code.start_line or None,
        end_line=code.end_line or None,
        image=image_of(resource.uid),
        package=_package(packages),
        fix=_fix(event, packages),
        context=_context(event, info, resource, packages),
        suppressed=_reason(event),
    )


def _message(event: Event, info: FindingInfo, subject: Resource) -> str:
    """The title, with the resources where none of them is the subject."""
    text = (info.title or event.message or event.status_detail or "").strip()
    ids = ", ".join(resource.uid for resource in event.resources or () if resource.uid)
    return f"{text} ({ids})" if ids and subject.uid is None else text


def _reason(event: Event) -> str | None:
    life = life_of(event)
    if life == "suppressed":
        return event.comment or ""
    return "resolved" if life == "resolved" else None


def _tool(event: Event) -> str:
    product = (event.metadata.product if event.metadata else None) or Product()
    return (product.name or product.vendor_name or "").lower()


def _type(event: Event) -> CheckType:
    is_check = event.class_uid != VULNERABILITY_FINDING and event.compliance is not None
    is_vulnerability = event.class_uid == VULNERABILITY_FINDING or bool(event.vulnerabilities)
    return "vulnerability" if is_vulnerability and not is_check else "compliance"


def _check(event: Event, info: FindingInfo) -> str:
    """The most specific name of the rule: an advisory, the producer's code, the control, the analytic."""
    advisory = _advisory(event) if _type(event) == "vulnerability" else None
    if advisory or event.class_uid == VULNERABILITY_FINDING:
        return advisory or info.title or "unidentified vulnerability"
    compliance = event.compliance or Compliance()
    analytic = info.analytic or Analytic()
    return (
        (event.metadata.event_code if event.metadata else None)
        or compliance.control
        or (compliance.checks[0].uid if compliance.checks else None)
        or (threat_of(info.types or ()) if _tool(event) in THREAT_PRODUCTS else None)
        or analytic.uid
        or control_of(_feature(event))
        or _feature(event)
        or analytic.name
        or (info.title or event.message or "").strip()
        or f"class {event.class_uid}"
    )


def _advisory(event: Event) -> str | None:
    every = (_uid(entry.cve) or _uid(entry.advisory) for entry in event.vulnerabilities or ())
    ids = {uid for uid in every if uid}
    if len(ids) == 1:
        return ids.pop()
    title = (event.finding_info or event.finding or FindingInfo()).title
    found = ADVISORY.search(title) if title and not ids else None
    return found[0] if found else None


def _uid(identified: Identified | None) -> str | None:
    return identified.uid if identified else None


def _feature(event: Event) -> str | None:
    product = event.metadata.product if event.metadata else None
    return product.feature.uid if product and product.feature else None


def _aliases(event: Event, check: str) -> tuple[str, ...]:
    """Security Hub's generator id, `aws-foundational-security-best-practices/v/1.0.0/S3.1` for `S3.1`."""
    feature = _feature(event)
    return (feature,) if feature and feature.endswith("/" + check) else ()


def _path(file: File | None) -> str | None:
    path = (file.path or file.name) if file else None
    return path.replace("\\", "/") if path else None


def _package(packages: list[Package]) -> str | None:
    """The package, when the event is about one: about several, a package would stand for the others."""
    if len({package.name for package in packages}) != 1:
        return None
    package = packages[0]
    is_versioned = len({package.version for package in packages}) == 1
    version = package.version if is_versioned else None
    named = package_of(package.package_manager, package.name, version)
    return package.purl or named if is_versioned else named


def _fix(event: Event, packages: list[Package]) -> str | None:
    fixed = (package.fixed_in_version for package in packages)
    versions = dict.fromkeys(version for version in fixed if version and version != NOT_FIXED)
    flags = [entry.is_fix_available or entry.fix_available for entry in event.vulnerabilities or ()]
    return ", ".join(versions) or ("available" if any(flags) else None)


def _context(event: Event, info: FindingInfo, resource: Resource, packages: list[Package]) -> str:
    """Account, region and title: an account's own resource id can be the same in every region."""
    cloud = event.cloud or Cloud()
    account = cloud.account.uid if cloud.account else cloud.account_uid
    requirements = (event.compliance.requirements if event.compliance else None) or ()
    names = dict.fromkeys(package.name or "" for package in packages)
    others = [other.uid or other.name for other in event.resources or () if other is not resource]
    region = resource.region or cloud.region
    parts = (account, region, info.title, *requirements, *names, *others)
    return "\n".join(part for part in parts if part)


READER = Reader(NAME, "OCSF findings (Security Hub and others)", _recognises, _read)
