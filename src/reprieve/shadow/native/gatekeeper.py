"""What Gatekeeper leaves out: namespaces that a constraint excludes, and its `Config`.

open-policy-agent/gatekeeper `website/docs/howto.md`, `exempt-namespaces.md`. Audit names the kind of the
constraint as the check. The label on a namespace is a marker (`shadow.markers`).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from reprieve.shadow.entries import entry
from reprieve.shadow.interface import InputError
from reprieve.shadow.languages import Syntax
from reprieve.shadow.model import Suppression
from reprieve.shadow.source import File, literal
from reprieve.shadow.structured import Doc, Path, get, is_template, mappings, objects, texts
from reprieve.shadow.template import unrendered

NAMES: tuple[str, ...] = ()
CUES = ("excludednamespaces",)
SYNTAXES: tuple[Syntax, ...] = ("yaml", "json")


def read(file: File) -> Iterator[Suppression]:
    """Its entries. Errors: `InputError`."""
    if file.syntax not in {"yaml", "json"}:
        return
    try:
        found = list(objects(file))
    except InputError:
        if not is_template(file):
            raise
        if "constraints.gatekeeper.sh" in file.text:
            yield from unrendered(file, r"\w+", tool="gatekeeper", form="gatekeeper")
        return
    for doc, base, one in found:
        version, kind = str(one.get("apiVersion", "")), str(one.get("kind", ""))
        if version.startswith("constraints.gatekeeper.sh/"):
            yield from _constraint(doc, (*base, "spec", "match", "excludedNamespaces"), one, kind)
        elif version.startswith("config.gatekeeper.sh/") and kind == "Config":
            yield from _configuration(doc, (*base, "spec", "match"), one)


def _constraint(doc: Doc, where: Path, one: dict[str, Any], kind: str) -> Iterator[Suppression]:
    excluded = texts(get(one, "spec", "match", "excludedNamespaces"))
    name = get(one, "metadata", "name")
    if excluded:
        yield entry(
            doc.file,
            doc.line(*where),
            kind="object",
            tool="gatekeeper",
            form="gatekeeper-constraint",
            text=f"{kind} {name}: excludes {', '.join(excluded)}",
            type="admission",
            checks=[f"{kind}/{name}" if name else kind],
            paths=(),
            namespaces=[literal(namespace) for namespace in excluded],
            resources=_kinds(one),
            comments=doc.comments(*where),
            says=[get(one, "metadata", "annotations")],
        )


def _configuration(doc: Doc, above: Path, one: dict[str, Any]) -> Iterator[Suppression]:
    for index, match in mappings(get(one, "spec", "match")):
        where = (*above, index)
        excluded = texts(match.get("excludedNamespaces"))
        yield entry(
            doc.file,
            doc.line(*where),
            kind="object",
            tool="gatekeeper",
            form="gatekeeper-config",
            text=f"Config: {', '.join(texts(match.get('processes')))} skip {', '.join(excluded)}",
            type="admission",
            paths=(),
            namespaces=[literal(name) for name in excluded] or ("*",),
            comments=doc.comments(*where),
            says=[get(one, "metadata", "annotations")],
        )


def _kinds(one: dict[str, Any]) -> list[str]:
    found = [
        f"{kind}/*" if kind != "*" else "*"
        for _, rule in mappings(get(one, "spec", "match", "kinds"))
        for kind in texts(rule.get("kinds"))
    ]
    return found or ["*"]
