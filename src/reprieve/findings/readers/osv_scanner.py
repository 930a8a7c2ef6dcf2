"""OSV-Scanner JSON, versions 1 and 2.

Source: google/osv-scanner `pkg/models/results.go`, `pkg/osvscanner/osvscanner.go`; the OSV schema for what
is in a vulnerability. A finding is one vulnerability of one package; the severity is that of its
group of aliases. Vulnerabilities that the scanner hides unless told otherwise (never called, or
unimportant by its database) count as suppressed. What `osv-scanner.toml` ignores is not in the report.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from reprieve.findings.advisories import same_advisory
from reprieve.findings.model import CheckType, Finding, Report, Severity
from reprieve.findings.purl import purl
from reprieve.findings.readers.interface import Reader
from reprieve.findings.severity import severity_of_score, severity_of_word
from reprieve.findings.source import Source

NAME = "osv-scanner"
_KEYS = frozenset({"experimental_config", "image_metadata", "license_summary"})


class _Named(msgspec.Struct, gc=False):
    name: str | None = None
    ecosystem: str | None = None


class _Package(msgspec.Struct, gc=False):
    name: str
    version: str | None = None
    ecosystem: str | None = None
    commit: str | None = None
    deprecated: bool = False


class _Range(msgspec.Struct, gc=False):
    type: str | None = None
    events: list[dict[str, str]] | None = None


class _Affected(msgspec.Struct, gc=False):
    package: _Named | None = None
    ranges: list[_Range] | None = None


class _Vulnerability(msgspec.Struct, gc=False):
    id: str
    aliases: list[str] | None = None
    summary: str | None = None
    details: str | None = None
    affected: list[_Affected] | None = None
    database_specific: dict[str, Any] | None = None


class _Analysis(msgspec.Struct, gc=False):
    called: bool = False
    unimportant: bool = False


class _Group(msgspec.Struct, gc=False):
    ids: list[str]
    max_severity: str | None = None
    analysis: dict[str, _Analysis] | None = msgspec.field(name="experimental_analysis", default=None)
    old_analysis: dict[str, _Analysis] | None = msgspec.field(name="experimentalAnalysis", default=None)


class _PackageResult(msgspec.Struct, gc=False):
    package: _Package
    vulnerabilities: list[_Vulnerability] | None = None
    groups: list[_Group] | None = None
    license_violations: list[str] | None = None


class _Location(msgspec.Struct, gc=False):
    path: str | None = None


class _SourceResult(msgspec.Struct, gc=False):
    source: _Location
    packages: list[_PackageResult] | None


class _AdvisoryId(msgspec.Struct, rename="pascal", gc=False):
    publisher: str | None = None
    reference: str | None = None


class _Advisory(msgspec.Struct, rename="pascal", gc=False):
    id: _AdvisoryId | None = msgspec.field(name="ID", default=None)
    title: str | None = None
    sev: int | None = None


class _Target(msgspec.Struct, rename="pascal", gc=False):
    extra: str | None = None


class _Generic(msgspec.Struct, rename="pascal", gc=False):
    """What a detector of OSV-SCALIBR found that is about no package: weak credentials, say."""

    adv: _Advisory
    target: _Target | None = None


class _Document(msgspec.Struct, gc=False):
    results: list[_SourceResult] | None
    generic: list[_Generic] | None = msgspec.field(name="experimental_generic_findings", default=None)


def _recognises(source: Source) -> bool:
    """Before version 1.5 there was only `results`, as in the reports of other tools."""
    if source.shape != "object" or "results" not in source.keys:
        return False
    return bool(source.keys & _KEYS) or {"source", "packages"} <= source.within("results")


def _read(source: Source) -> Report:
    document = source.decode(_Document)
    findings: list[Finding] = []
    for result in document.results or ():
        path = result.source.path.replace("\\", "/") if result.source.path else None
        for package in result.packages or ():
            findings.extend(_of_package(package, path))
    findings.extend(_of_detector(found) for found in document.generic or ())
    return Report(source.name, NAME, findings)


def _of_package(found: _PackageResult, path: str | None) -> Iterator[Finding]:
    package = found.package
    groups = {id_: group for group in found.groups or () for id_ in group.ids}
    words = {vulnerability.id: _word(vulnerability) for vulnerability in found.vulnerabilities or ()}
    for vulnerability in found.vulnerabilities or ():
        group = groups.get(vulnerability.id)
        yield Finding(
            type="vulnerability",
            check=vulnerability.id,
            severity=_severity(vulnerability.id, group, words),
            tool=NAME,
            message=vulnerability.summary or (vulnerability.details or "").partition("\n")[0],
            aliases=same_advisory(vulnerability.id, vulnerability.aliases or ()),
            path=path,
            package=_purl(package),
            fix=_fix(vulnerability, package),
            context=f"{package.name} {package.commit or ''}".strip(),
            suppressed=_hidden(group),
        )
    for license_ in found.license_violations or ():
        message = f"licence {license_} of {package.name} is not among those allowed"
        yield _about(package, "license", license_, message, path)
    if package.deprecated:
        message = f"{package.name} {package.version or ''} is deprecated"
        yield _about(package, "vulnerability", "deprecated-package", message, path)


def _about(package: _Package, type_: CheckType, check: str, message: str, path: str | None) -> Finding:
    return Finding(
        type=type_,
        check=check,
        severity="unknown",
        tool=NAME,
        message=message,
        path=path,
        package=_purl(package),
        context=package.name,
    )


def _of_detector(found: _Generic) -> Finding:
    id_ = found.adv.id or _AdvisoryId()
    check = id_.reference or id_.publisher or found.adv.title or "unknown-finding"
    severity = _SEVERITIES.get(found.adv.sev or 0, "unknown")
    target = (found.target.extra if found.target else None) or ""
    message = found.adv.title or check
    return Finding(
        type="misconfiguration",
        check=check,
        severity=severity,
        tool=NAME,
        message=f"{message} ({target})" if target else message,
    )


# OSV-SCALIBR's `SeverityEnum`: 0 is unspecified, 1 minimal.
_SEVERITIES: dict[int, Severity] = {1: "info", 2: "low", 3: "medium", 4: "high", 5: "critical"}


def _severity(id_: str, group: _Group | None, words: dict[str, Severity]) -> Severity:
    """The group's CVSS score; without one, the word for the vulnerability or for another name of it."""
    try:
        score = float(group.max_severity) if group and group.max_severity else None
    except ValueError:
        score = None
    if score is not None:
        return severity_of_score(score)
    stated = (words.get(name, "unknown") for name in (id_, *(group.ids if group else ())))
    return next((word for word in stated if word != "unknown"), "unknown")


def _word(vulnerability: _Vulnerability) -> Severity:
    """The severity as the database puts it that the vulnerability is from."""
    word = (vulnerability.database_specific or {}).get("severity")
    return severity_of_word(word) if isinstance(word, str) else "unknown"


def _hidden(group: _Group | None) -> str | None:
    """Why the scanner hides the vulnerabilities of a group, as `GroupInfo` does; None when it shows them."""
    analysis = (group.analysis or group.old_analysis if group else None) or {}
    if any(found.unimportant for found in analysis.values()):
        return "unimportant by its database"
    if analysis and not any(found.called for found in analysis.values()):
        return "not called, by call analysis"
    return None


_RENAMED = {"almalinux": "alma", "rocky linux": "rocky", "red hat": "redhat", "opensuse": "suse"}


def _purl(package: _Package) -> str | None:
    ecosystem = (package.ecosystem or "").partition(":")[0].lower()
    return purl(_RENAMED.get(ecosystem, ecosystem), package.name, package.version)


def _fix(vulnerability: _Vulnerability, package: _Package) -> str | None:
    """The versions of this package that have a fix, each once; commits are not versions."""
    versions: dict[str, None] = {}
    for affected in vulnerability.affected or ():
        if affected.package is None or affected.package.name != package.name:
            continue
        for range_ in affected.ranges or ():
            events = (range_.events or ()) if range_.type != "GIT" else ()
            versions.update((event["fixed"], None) for event in events if event.get("fixed"))
    return ", ".join(versions) or None


READER = Reader(NAME, "OSV-Scanner JSON", _recognises, _read)
