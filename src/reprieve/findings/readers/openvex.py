"""OpenVEX 0.0.1 and 0.2.0.

Source: openvex/spec `OPENVEX-SPEC.md`; openvex/go-vex `pkg/vex/compat.go` for version 0.0.1, whose
products are plain strings. One finding a statement, however many products it names: `package` is filled
only where they come to one. `affected` and `under_investigation` are findings; `not_affected` and
`fixed` are suppressed, with the author's reason.
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import parse_qsl, unquote

import msgspec

from reprieve.findings.model import Finding, Report
from reprieve.findings.readers.interface import Reader
from reprieve.findings.source import Source

NAME = "openvex"

_DONE = frozenset({"not_affected", "fixed"})
_NO_ACTION = "No action statement provided"
"""What vexctl writes when its user gave none."""


class _Vulnerability(msgspec.Struct, gc=False, rename={"id": "@id"}):
    id: str | None = None
    name: str | None = None
    description: str | None = None
    aliases: list[str] | None = None


class _Component(msgspec.Struct, gc=False, rename={"id": "@id"}):
    id: str | None = None
    identifiers: dict[str, str] | None = None
    subcomponents: list[_Component | str] | None = None


class _Statement(msgspec.Struct, gc=False):
    vulnerability: _Vulnerability | str
    status: str
    products: list[_Component | str] | None = None
    subcomponents: list[_Component | str] | None = None
    vuln_description: str | None = None
    status_notes: str | None = None
    justification: str | None = None
    impact_statement: str | None = None
    action_statement: str | None = None


class _Document(msgspec.Struct, gc=False):
    statements: list[_Statement] | None


def _recognises(source: Source) -> bool:
    if source.shape != "object" or "statements" not in source.keys:
        return False
    return "openvex" in str(source.head.get("@context")) or {"vulnerability", "status"} <= source.within(
        "statements"
    )


def _read(source: Source) -> Report:
    statements = source.decode(_Document).statements or ()
    return Report(source.name, NAME, [_finding(statement) for statement in statements])


def _finding(statement: _Statement) -> Finding:
    vulnerability = statement.vulnerability
    if isinstance(vulnerability, str):
        vulnerability = _Vulnerability(name=vulnerability, description=statement.vuln_description)
    check = vulnerability.name or (vulnerability.id or "").rpartition("/")[2] or "unknown-vulnerability"
    products = {_id(product) for product in statement.products or ()}
    parts = {_id(part) for part in _subcomponents(statement)}
    product, part = _only(products), _only(parts or products)
    package = part if part and part.startswith("pkg:") else None
    image = _image(product)
    note = statement.status_notes or statement.impact_statement or statement.action_statement
    if note == _NO_ACTION:
        note = None
    return Finding(
        type="vulnerability",
        check=check,
        severity="unknown",
        tool=NAME,
        message=vulnerability.description or note or f"{check}: {statement.status}",
        aliases=tuple(
            alias for alias in dict.fromkeys(vulnerability.aliases or ()) if alias and alias != check
        ),
        resource=None if image or product == package else product,
        image=image,
        package=package,
        context="\n".join(sorted(products | parts)),
        suppressed=_suppressed(statement),
    )


def _subcomponents(statement: _Statement) -> Iterator[_Component | str]:
    yield from statement.subcomponents or ()
    for product in statement.products or ():
        if isinstance(product, _Component):
            yield from product.subcomponents or ()


def _id(component: _Component | str) -> str:
    """The package URL if there is one, else whatever names it; may be empty."""
    if isinstance(component, str):
        return component
    identifiers = component.identifiers or {}
    return identifiers.get("purl") or component.id or next(iter(identifiers.values()), "")


def _only(names: set[str]) -> str | None:
    return (next(iter(names)) if len(names) == 1 else None) or None


def _image(product: str | None) -> str | None:
    """The image that a package URL of type `oci` stands for: `ghcr.io/acme/billing:4.2`."""
    if not product or not product.startswith("pkg:oci/"):
        return None
    path, _, query = product.removeprefix("pkg:oci/").partition("?")
    qualifiers = dict(parse_qsl(query))
    name, _, digest = unquote(path).partition("@")
    repository = qualifiers.get("repository_url") or name
    if repository.rpartition("/")[2] != name:
        repository = f"{repository}/{name}"
    tag = qualifiers.get("tag")
    return f"{repository}:{tag}" if tag else f"{repository}@{digest}" if digest else repository


def _suppressed(statement: _Statement) -> str | None:
    if statement.status not in _DONE:
        return None
    reason = (statement.status, statement.justification, statement.impact_statement or statement.status_notes)
    return ": ".join(part for part in reason if part)


READER = Reader(NAME, "OpenVEX", _recognises, _read)
