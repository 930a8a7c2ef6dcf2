"""Grype JSON.

Source: anchore/grype `grype/presenter/models/`. A finding is a match of one vulnerability with one
package; matches that an ignore rule or a VEX document took out are in `ignoredMatches`. Early versions
name the fix `fixedInVersion`.
"""

from __future__ import annotations

import msgspec

from reprieve.findings.advisories import same_advisory
from reprieve.findings.model import Finding, Report
from reprieve.findings.purl import purl
from reprieve.findings.readers.interface import Reader
from reprieve.findings.severity import severity_of_word
from reprieve.findings.source import Source

NAME = "grype"
_KEYS = frozenset({"matches", "ignoredMatches", "alertsByPackage", "source", "distro", "descriptor"})


class _Camel(msgspec.Struct, rename="camel", gc=False):
    """Grype's field names: `relatedVulnerabilities` for our `related_vulnerabilities`."""


class _Fix(_Camel):
    versions: list[str] | None = None
    state: str | None = None


class _Vulnerability(_Camel):
    id: str
    namespace: str | None = None
    severity: str | None = None
    description: str | None = None
    fix: _Fix | None = None
    fixed_in_version: str | None = None


class _Related(_Camel):
    id: str


class _Location(_Camel):
    path: str | None = None


class _Package(_Camel):
    name: str
    version: str | None = None
    type: str | None = None
    purl: str | None = None
    locations: list[_Location] | None = None


class _IgnoreRule(msgspec.Struct, rename="kebab", gc=False):
    reason: str | None = None
    vulnerability: str | None = None
    fix_state: str | None = None
    vex_status: str | None = None
    vex_justification: str | None = None


class _Match(_Camel):
    vulnerability: _Vulnerability
    artifact: _Package
    related_vulnerabilities: list[_Related] | None = None
    applied_ignore_rules: list[_IgnoreRule] | None = None


class _Target(_Camel):
    user_input: str | None = None
    tags: list[str] | None = None


class _Scanned(_Camel):
    type: str | None = None
    target: str | _Target | None = None


class _Document(_Camel):
    matches: list[_Match] | None
    ignored_matches: list[_Match] | None = None
    source: _Scanned | None = None


def _recognises(source: Source) -> bool:
    if source.shape != "object" or "matches" not in source.keys:
        return False
    if {"vulnerability", "artifact"} <= source.within("matches"):
        return True
    return "descriptor" in source.keys and source.keys <= _KEYS


def _read(source: Source) -> Report:
    document = source.decode(_Document)
    image = _image(document.source)
    findings = [_finding(match, image, None) for match in document.matches or ()]
    ignored = document.ignored_matches or ()
    findings.extend(_finding(match, image, _reason(match.applied_ignore_rules)) for match in ignored)
    return Report(source.name, NAME, findings)


def _image(scanned: _Scanned | None) -> str | None:
    if scanned is None or not isinstance(scanned.target, _Target):
        return None
    tags = scanned.target.tags or [""]
    return scanned.target.user_input or tags[0] or None


def _finding(match: _Match, image: str | None, suppressed: str | None) -> Finding:
    found, package = match.vulnerability, match.artifact
    locations = package.locations or ()
    path = next((location.path for location in locations if location.path), None)
    related = (vulnerability.id for vulnerability in match.related_vulnerabilities or ())
    return Finding(
        type="vulnerability",
        check=found.id,
        severity=severity_of_word(found.severity),
        tool=NAME,
        message=found.description or f"{package.name} {package.version or ''}".rstrip(),
        aliases=same_advisory(found.id, related),
        path=path.replace("\\", "/") if path else None,
        image=image,
        package=package.purl or purl(package.type, package.name, package.version),
        fix=_fix(found),
        context=f"{package.name} {found.namespace or ''}".rstrip(),
        suppressed=suppressed,
    )


def _fix(found: _Vulnerability) -> str | None:
    fix = found.fix or _Fix()
    if fix.state in {"wont-fix", "not-fixed"}:
        return None
    versions = ", ".join(version for version in fix.versions or () if version)
    return versions or found.fixed_in_version or ("fixed" if fix.state == "fixed" else None)


def _reason(rules: list[_IgnoreRule] | None) -> str:
    """What the first rule that says anything says."""
    for rule in rules or ():
        vex = " ".join(part for part in (rule.vex_status, rule.vex_justification) if part)
        reason = rule.reason or (f"VEX: {vex}" if vex else "") or rule.fix_state or rule.vulnerability
        if reason:
            return reason
    return ""


READER = Reader(NAME, "Grype JSON", _recognises, _read)
