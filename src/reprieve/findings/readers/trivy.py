"""Trivy JSON: images, file systems and configuration, `trivy k8s` in both layouts, and the old bare list.

Source: aquasecurity/trivy `pkg/types/report.go`, `pkg/k8s/report/report.go`. What Trivy suppressed
itself comes in `ExperimentalModifiedFindings` (with `--show-suppressed`) or, before 0.57, as the
status `EXCEPTION`. Matched lines of secrets are not read: around the masked match they show others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import msgspec

from reprieve.errors import ReportError
from reprieve.findings.extents import extents_of
from reprieve.findings.model import CheckType, Extent, Finding, Report, Target
from reprieve.findings.purl import purl
from reprieve.findings.readers.interface import Reader
from reprieve.findings.severity import severity_of_word
from reprieve.findings.source import Source

NAME = "trivy"


class _Pascal(msgspec.Struct, rename="pascal", gc=False):
    """Trivy's field names: `PkgName` for our `pkg_name`."""


class _Identifier(_Pascal):
    purl: str | None = msgspec.field(name="PURL", default=None)


class _Vulnerability(_Pascal):
    vulnerability_id: str = msgspec.field(name="VulnerabilityID")
    vendor_ids: list[str] | None = msgspec.field(name="VendorIDs", default=None)
    pkg_name: str | None = None
    pkg_path: str | None = None
    pkg_identifier: _Identifier | None = None
    installed_version: str | None = None
    fixed_version: str | None = None
    severity: str | None = None
    title: str | None = None


class _Cause(_Pascal):
    resource: str | None = None
    start_line: int | None = None
    end_line: int | None = None


class _Misconfiguration(_Pascal):
    id: str = msgspec.field(name="ID")
    avd_id: str | None = msgspec.field(name="AVDID", default=None)
    title: str | None = None
    message: str | None = None
    severity: str | None = None
    status: str | None = None
    cause_metadata: _Cause | None = None


class _Secret(_Pascal):
    rule_id: str = msgspec.field(name="RuleID")
    severity: str | None = None
    title: str | None = None
    start_line: int | None = None
    end_line: int | None = None


class _License(_Pascal):
    name: str
    severity: str | None = None
    category: str | None = None
    pkg_name: str | None = None
    file_path: str | None = None


class _Modified(_Pascal):
    type: str
    finding: msgspec.Raw
    status: str | None = None
    statement: str | None = None
    source: str | None = None


class _Summary(_Pascal):
    successes: int = 0
    failures: int = 0


class _Result(_Pascal):
    target: str
    class_: str | None = msgspec.field(name="Class", default=None)
    type: str | None = None
    misconf_summary: _Summary | None = None
    vulnerabilities: list[_Vulnerability] | None = None
    misconfigurations: list[_Misconfiguration] | None = None
    secrets: list[_Secret] | None = None
    licenses: list[_License] | None = None
    experimental_modified_findings: list[_Modified] | None = None


class _Workload(_Pascal):
    """One Kubernetes object and what was found in it."""

    namespace: str | None = None
    kind: str | None = None
    name: str | None = None
    results: list[_Result] | None = None


class _Document(_Pascal):
    artifact_name: str | None = None
    artifact_type: str | None = None
    cluster_name: str | None = None
    results: list[_Result] | None = None
    resources: list[_Workload] | None = None
    vulnerabilities: list[_Workload] | None = None
    misconfigurations: list[_Workload] | None = None


class _Place(msgspec.Struct, gc=False):
    """Where a result's findings are, as far as the report says."""

    cluster: str | None = None
    namespace: str | None = None
    resource: str | None = None
    path: str | None = None
    image: str | None = None
    repository: str | None = None
    ecosystem: str | None = None


def _recognises(source: Source) -> bool:
    if source.shape == "array":
        return {"Target"} <= source.keys and bool(source.keys & {"Vulnerabilities", "Type", "Class"})
    kubernetes = "ClusterName" in source.keys and bool(
        source.keys & {"Resources", "Vulnerabilities", "Misconfigurations", "Findings"}
    )
    return (
        kubernetes
        or {"SchemaVersion", "ArtifactName"} <= source.keys
        or ({"Results", "ArtifactName"} <= source.keys)
    )


def _read(source: Source) -> Report:
    if source.shape == "array":
        document = _Document(results=source.decode(list[_Result]), artifact_type="container_image")
    else:
        document = source.decode(_Document)
    findings: list[Finding] = []
    looked = _Looked()
    passed = 0
    try:
        for place, result in _results(document):
            findings.extend(_findings(result, place))
            listed = _listed_passes(result)
            looked.add(result, place, with_passes=bool(listed))
            passed += result.misconf_summary.successes if result.misconf_summary else listed
    except msgspec.DecodeError as error:
        raise ReportError(f"a suppressed finding cannot be read: {error}", where=source.name) from None
    return Report(source.name, NAME, findings, passed, extents=looked.extents())


def _results(document: _Document) -> Iterator[tuple[_Place, _Result]]:
    is_image = document.artifact_type == "container_image"
    for result in document.results or ():
        image = (document.artifact_name or None) if is_image else None
        if is_image and image is None:
            image = _without_os(result.target)
        repository = (document.artifact_name or None) if document.artifact_type == "repository" else None
        whole_image = result.class_ == "os-pkgs" or (is_image and result.class_ is None)
        path = None if whole_image else result.target or None
        yield _Place(image=image, repository=repository, path=path, ecosystem=result.type), result
    for group in (document.resources, document.vulnerabilities, document.misconfigurations):
        for workload in group or ():
            for result in workload.results or ():
                yield _workload_place(document, workload, result), result


class _Looked:
    """What the results list, clean or not: every object of a cluster, and every file of the kinds that are
    looked at one by one; what passes in Terraform or CloudFormation is put down to the folder. Which checks
    ran is told by those that passed, with `--include-non-failures`.
    """

    def __init__(self) -> None:
        self._targets: dict[Target, None] = {}
        self._images: dict[Target, None] = {}
        self._complete: list[_Result] = []
        self._place = _Place()
        self._is_whole, self._with_passes = True, False

    def add(self, result: _Result, place: _Place, *, with_passes: bool) -> None:
        self._place = place
        if place.image is not None and place.resource is None:
            self._images[Target(image=place.image)] = None
        if result.class_ != "config":
            return
        self._is_whole &= place.resource is not None or result.type in _FILE_BY_FILE
        self._targets[Target(place.namespace, place.resource, place.path)] = None
        summary = result.misconf_summary or _Summary()
        found = result.misconfigurations or ()
        if len(found) > summary.failures or not summary.successes:  # else what passed is left out
            self._complete.append(result)
            self._with_passes = self._with_passes or with_passes

    def extents(self) -> tuple[Extent, ...]:
        targets = self._targets if self._is_whole else ()
        complete = self._complete if self._with_passes else ()
        checks = [check.id for result in complete for check in result.misconfigurations or ()]
        return (
            *extents_of(
                NAME,
                "misconfiguration",
                targets,
                checks,
                cluster=self._place.cluster,
                repository=self._place.repository,
            ),
            *extents_of(NAME, "vulnerability", self._images),
        )


_FILE_BY_FILE = frozenset({"kubernetes", "helm", "dockerfile"})


def _workload_place(document: _Document, workload: _Workload, result: _Result) -> _Place:
    return _Place(
        cluster=document.cluster_name or None,
        namespace=workload.namespace or None,
        resource=f"{workload.kind}/{workload.name}" if workload.kind and workload.name else None,
        image=_without_os(result.target) if result.class_ == "os-pkgs" else None,
        path=result.target if result.class_ in {"lang-pkgs", "secret"} else None,
        ecosystem=result.type,
    )


def _without_os(target: str) -> str:
    """`alpine:3.9 (alpine 3.9.4)` is the image `alpine:3.9`."""
    return target.rsplit(" (", 1)[0]


def _listed_passes(result: _Result) -> int:
    found, summary = result.misconfigurations or (), result.misconf_summary
    if summary and len(found) <= summary.failures:
        return 0
    return [check.status for check in found].count("PASS")


def _findings(result: _Result, place: _Place) -> Iterator[Finding]:
    for vulnerability in result.vulnerabilities or ():
        yield _vulnerability(vulnerability, place)
    for check in result.misconfigurations or ():
        if check.status != "PASS":
            suppressed = "excepted by a Rego exception" if check.status == "EXCEPTION" else None
            yield _misconfiguration(check, place, suppressed)
    for secret in result.secrets or ():
        yield _secret(secret, place)
    for license_ in result.licenses or ():
        yield _license(license_, place)
    for modified in result.experimental_modified_findings or ():
        yield _modified(modified, place)


def _modified(modified: _Modified, place: _Place) -> Finding:
    """What Trivy itself suppressed: the type says which of the four shapes the finding has."""
    reason = modified.statement or modified.status or modified.source or ""
    if modified.type not in _MODIFIED:
        raise msgspec.ValidationError(f"an unknown type of suppressed finding: {modified.type!r}")
    shape, finding_of = _MODIFIED[modified.type]
    return finding_of(msgspec.json.decode(modified.finding, type=shape), place, reason)


def _vulnerability(found: _Vulnerability, place: _Place, suppressed: str | None = None) -> Finding:
    identifier = found.pkg_identifier.purl if found.pkg_identifier else None
    return _finding(
        "vulnerability",
        found.vulnerability_id,
        found.severity,
        place,
        message=found.title or f"{found.pkg_name} {found.installed_version}",
        aliases=tuple(found.vendor_ids or ()),
        path=found.pkg_path or place.path,
        package=identifier or purl(place.ecosystem, found.pkg_name, found.installed_version),
        fix=found.fixed_version or None,
        context=found.pkg_name or "",
        suppressed=suppressed,
    )


def _misconfiguration(found: _Misconfiguration, place: _Place, suppressed: str | None = None) -> Finding:
    cause = found.cause_metadata or _Cause()
    # By position, in the order of the fields: in a report with a million of them, half the time of names.
    return Finding(
        "misconfiguration",
        found.id,
        severity_of_word(found.severity),
        NAME,
        found.message or found.title or "",
        (found.avd_id,) if found.avd_id and found.avd_id != found.id else (),
        place.cluster,
        place.namespace,
        place.resource or cause.resource or None,
        place.path,
        cause.start_line or None,
        cause.end_line or None,
        place.image,
        None,
        place.repository,
        suppressed=suppressed,
    )


def _secret(found: _Secret, place: _Place, suppressed: str | None = None) -> Finding:
    return _finding(
        "secret",
        found.rule_id,
        found.severity,
        place,
        message=found.title or found.rule_id,
        path=place.path,
        line=found.start_line,
        end_line=found.end_line,
        suppressed=suppressed,
    )


def _license(found: _License, place: _Place, suppressed: str | None = None) -> Finding:
    return _finding(
        "license",
        found.name,
        found.severity,
        place,
        message=f"licence {found.name} ({found.category or 'unclassified'})",
        path=found.file_path or place.path,
        package=purl(place.ecosystem, found.pkg_name),
        context=found.pkg_name or "",
        suppressed=suppressed,
    )


def _finding(
    type_: CheckType,
    check: str,
    severity: str | None,
    place: _Place,
    *,
    message: str,
    aliases: tuple[str, ...] = (),
    path: str | None = None,
    line: int | None = None,
    end_line: int | None = None,
    package: str | None = None,
    fix: str | None = None,
    context: str = "",
    suppressed: str | None = None,
) -> Finding:
    return Finding(
        type=type_,
        check=check,
        severity=severity_of_word(severity),
        tool=NAME,
        message=message,
        aliases=aliases,
        cluster=place.cluster,
        namespace=place.namespace,
        resource=place.resource,
        path=path,
        line=line or None,
        end_line=end_line or None,
        image=place.image,
        package=package,
        repository=place.repository,
        fix=fix,
        context=context,
        suppressed=suppressed,
    )


_MODIFIED: dict[str, tuple[type[_Pascal], Callable[..., Finding]]] = {
    "vulnerability": (_Vulnerability, _vulnerability),
    "misconfiguration": (_Misconfiguration, _misconfiguration),
    "secret": (_Secret, _secret),
    "license": (_License, _license),
}

READER = Reader(NAME, "Trivy JSON", _recognises, _read)
