"""VEX statements that take a vulnerability out of reports: OpenVEX 0.2.0 and CycloneDX.

openvex/spec `OPENVEX-SPEC.md`: scanners leave out `not_affected` and `fixed`. CycloneDX/specification
`schema/bom-1.6.schema.json`: `not_affected`, `false_positive` and the two resolved states. `fixed` and
`resolved` say what is so, not that it does not matter, and are no suppressions.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from reprieve.shadow.entries import entry
from reprieve.shadow.languages import Syntax
from reprieve.shadow.model import Suppression
from reprieve.shadow.source import File, literal
from reprieve.shadow.structured import Doc, documents, get, mappings

NAMES = ("*.vex.json", "*.openvex.json", "openvex.json", "vex.json")
CUES = ("openvex.dev/ns", '"bomformat"')
SYNTAXES: tuple[Syntax, ...] = ("json",)


def read(file: File) -> Iterator[Suppression]:
    """Its entries. Errors: `InputError`."""
    if file.syntax != "json":
        return
    for doc in documents(file):
        if isinstance(doc.value, dict) and doc.value.get("bomFormat") == "CycloneDX":
            packages = dict(_packages(doc.value))
            for index, one in mappings(doc.value.get("vulnerabilities")):
                if get(one, "analysis", "state") in {"not_affected", "false_positive"}:
                    yield _analysis(doc, index, one, packages)
        else:
            for index, one in mappings(get(doc.value, "statements")):
                if one.get("status") == "not_affected":
                    yield _statement(doc, index, one)


def _packages(node: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Reference and package URL of each component, and of those within it."""
    for _, component in (*mappings(node.get("components")), *mappings([get(node, "metadata", "component")])):
        if component.get("bom-ref") and component.get("purl"):
            yield str(component["bom-ref"]), str(component["purl"])
        yield from _packages(component)


def _analysis(doc: Doc, index: int, one: dict[str, Any], packages: Mapping[str, str]) -> Suppression:
    where = ("vulnerabilities", index)
    refs = [str(item.get("ref")) for _, item in mappings(one.get("affects"))]
    purls = [packages.get(ref, ref) for ref in refs]
    parts = (get(one, "analysis", "justification"), get(one, "analysis", "detail"))
    return entry(
        doc.file,
        doc.line(*where),
        tool="cyclonedx",
        form="cyclonedx-vex",
        text=f"{one.get('id')} {get(one, 'analysis', 'state')}: {', '.join(refs)}",
        type="vulnerability",
        checks=[str(one.get("id") or "*")],
        paths=(),
        packages=[literal(purl.partition("?")[0]) for purl in purls if purl.startswith("pkg:")],
        reason=": ".join(str(part) for part in parts if part) or None,
        says=[one],
    )


def _statement(doc: Doc, index: int, one: dict[str, Any]) -> Suppression:
    where = ("statements", index)
    named = one.get("vulnerability")
    check = get(named, "name") or get(named, "@id") if isinstance(named, dict) else named
    products = [str(item.get("@id")) for _, item in mappings(one.get("products"))]
    parts = [
        str(inner.get("@id"))
        for _, item in mappings(one.get("products"))
        for _, inner in mappings(item.get("subcomponents"))
    ]
    reasons = (one.get("justification"), one.get("impact_statement"), one.get("status_notes"))
    return entry(
        doc.file,
        doc.line(*where),
        tool="openvex",
        form="openvex",
        text=f"{check} not_affected: {', '.join((*products, *parts))}",
        type="vulnerability",
        checks=[str(check or "*")],
        paths=(),
        packages=[literal(name.partition("?")[0]) for name in (parts or products) if name.startswith("pkg:")],
        reason=": ".join(str(reason) for reason in reasons if reason) or None,
        says=[one],
    )
