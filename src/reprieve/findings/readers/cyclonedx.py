"""CycloneDX JSON 1.4 to 1.7 with vulnerabilities: scanners' output and VEX.

Source: CycloneDX/specification `schema/bom-1.6.schema.json`. One finding an entry of `vulnerabilities`,
however many components it affects. An entry that affects one package names it; where it affects several,
`package` stays empty, so that an exception for one of them does not silence the others. A bill of
materials without `vulnerabilities` says nothing about them and is refused.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from urllib.parse import unquote

import msgspec

from reprieve.errors import ReportError
from reprieve.findings.model import Finding, Report, Severity
from reprieve.findings.readers.interface import Reader
from reprieve.findings.severity import severity_of_score, severity_of_word
from reprieve.findings.source import Source

NAME = "cyclonedx"

_DONE = frozenset({"resolved", "resolved_with_pedigree", "false_positive", "not_affected"})


class _Component(msgspec.Struct, gc=False, rename={"ref": "bom-ref"}):
    ref: str | None = None
    type: str | None = None
    group: str | None = None
    name: str | None = None
    version: str | None = None
    purl: str | None = None
    components: list[_Component] | None = None


class _Reference(msgspec.Struct, gc=False):
    id: str | None = None


class _Rating(msgspec.Struct, gc=False):
    severity: str | None = None
    score: float | None = None
    method: str | None = None


class _Analysis(msgspec.Struct, gc=False):
    state: str | None = None
    justification: str | None = None
    response: list[str] | None = None
    detail: str | None = None


class _Affected(msgspec.Struct, gc=False):
    ref: str | None = None


class _Vulnerability(msgspec.Struct, gc=False, rename={"bom_ref": "bom-ref"}):
    id: str | None = None
    bom_ref: str | None = None
    references: list[_Reference] | None = None
    ratings: list[_Rating] | None = None
    description: str | None = None
    recommendation: str | None = None
    analysis: _Analysis | None = None
    affects: list[_Affected] | None = None


class _Tool(msgspec.Struct, gc=False):
    name: str | None = None


class _Tools(msgspec.Struct, gc=False):
    """Since 1.5; before, a plain list."""

    components: list[_Tool] | None = None
    services: list[_Tool] | None = None


class _Metadata(msgspec.Struct, gc=False):
    tools: list[_Tool] | _Tools | None = None
    component: _Component | None = None


class _Document(msgspec.Struct, gc=False, rename={"bom_format": "bomFormat"}):
    bom_format: str | None = None
    metadata: _Metadata | None = None
    components: list[_Component] | None = None
    vulnerabilities: list[_Vulnerability] | None = None


def _recognises(source: Source) -> bool:
    return source.head.get("bomFormat") == "CycloneDX"


def _read(source: Source) -> Report:
    document = source.decode(_Document)
    if document.vulnerabilities is None:
        raise ReportError(
            "a bill of materials without `vulnerabilities`: it does not say what was found",
            where=source.name,
            hint="let a scanner read it, and give the report of that",
        )
    metadata = document.metadata or _Metadata()
    subject = metadata.component
    top = [*([subject] if subject else []), *(document.components or ())]
    components = {component.ref: component for component in _flat(top) if component.ref}
    tool, image = _tool(metadata.tools), _image(subject)
    findings = [
        _finding(found, _targets(found.affects or (), components), tool, image)
        for found in document.vulnerabilities
    ]
    return Report(source.name, NAME, findings)


def _flat(components: Iterable[_Component]) -> Iterator[_Component]:
    for component in components:
        yield component
        yield from _flat(component.components or ())


def _tool(tools: list[_Tool] | _Tools | None) -> str:
    if isinstance(tools, _Tools):
        tools = [*(tools.components or ()), *(tools.services or ())]
    return next((tool.name.lower() for tool in tools or () if tool.name), NAME)


def _image(subject: _Component | None) -> str | None:
    """The scanned image, when that is what was scanned: `alpine:3.19`, `alpine@sha256:…`."""
    if subject is None or subject.type != "container" or not subject.name:
        return None
    name, version = subject.name, subject.version
    if not version or "@" in name or ":" in name.rpartition("/")[2]:
        return name
    return f"{name}@{version}" if version.startswith("sha256:") else f"{name}:{version}"


def _targets(affects: Iterable[_Affected], components: dict[str, _Component]) -> set[str]:
    """What an entry affects: package URLs where the references lead to one, names of products elsewhere."""
    targets = set()
    for affected in affects:
        ref = affected.ref or ""
        if ref not in components and ref.startswith("urn:cdx:"):  # a BOM-Link: the reference follows the #
            ref = unquote(ref.partition("#")[2]) or ref
        component = components.get(ref) or _Component()
        targets.add(component.purl or (ref if ref.startswith("pkg:") else _label(component) or ref))
    return targets


def _label(component: _Component) -> str | None:
    """What people call a component that is no package: `acme/billing@4.2`."""
    name = "/".join(part for part in (component.group, component.name) if part)
    return f"{name}@{component.version}" if name and component.version else name or None


def _finding(found: _Vulnerability, targets: set[str], tool: str, image: str | None) -> Finding:
    check = found.id or found.bom_ref or "unknown-vulnerability"
    names = sorted(targets)
    only = names[0] if len(names) == 1 else ""
    is_package = only.startswith("pkg:")
    summary = (found.description or "").strip().partition("\n")[0]
    return Finding(
        type="vulnerability",
        check=check,
        severity=_severity(found.ratings or ()),
        tool=tool,
        message=summary or f"{check} in {', '.join(names) or 'the product'}",
        aliases=_aliases(check, found.references or ()),
        resource=None if is_package else only or None,
        image=image,
        package=only if is_package else None,
        fix=_fix(found),
        context="\n".join(names),
        suppressed=_suppressed(found.analysis),
    )


def _aliases(check: str, references: Iterable[_Reference]) -> tuple[str, ...]:
    """The same vulnerability elsewhere (by the specification), where it has an id and not only a page."""
    ids = (reference.id for reference in references)
    return tuple(dict.fromkeys(id_ for id_ in ids if id_ and id_ != check and "/" not in id_))


def _severity(ratings: Iterable[_Rating]) -> Severity:
    """The first rating that has a word for it, else the first CVSS score."""
    for rating in ratings:
        if rating.severity:
            return "info" if rating.severity == "none" else severity_of_word(rating.severity)
    for rating in ratings:
        if rating.score is not None and (rating.method or "").startswith("CVSS"):
            return severity_of_score(rating.score)
    return "unknown"


def _fix(found: _Vulnerability) -> str | None:
    """Advice to upgrade, or the vendor's word that there is an update; other advice is no fix."""
    advice = (found.recommendation or "").strip()
    if advice.lower().startswith(("upgrade", "update")):
        return advice
    response = (found.analysis.response if found.analysis else None) or ()
    return "update" if "update" in response else None


def _suppressed(analysis: _Analysis | None) -> str | None:
    if analysis is None or analysis.state not in _DONE:
        return None
    return ": ".join(part for part in (analysis.state, analysis.justification, analysis.detail) if part)


READER = Reader(NAME, "CycloneDX JSON with vulnerabilities (VEX)", _recognises, _read)
