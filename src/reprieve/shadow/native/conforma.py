"""Conforma's policies: rules that are excluded, for ever (`config`) or for a time (`volatileConfig`).

conforma/crds `api/v1alpha1/enterprisecontractpolicy_types.go`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from reprieve.shadow.entries import entry, instant
from reprieve.shadow.languages import Syntax
from reprieve.shadow.model import Suppression
from reprieve.shadow.source import File, literal
from reprieve.shadow.structured import Doc, Path, get, is_template, mappings, objects, texts

NAMES: tuple[str, ...] = ()
CUES = ("volatileconfig", "enterprisecontractpolicy")
SYNTAXES: tuple[Syntax, ...] = ("yaml", "json")


def read(file: File) -> Iterator[Suppression]:
    """Its entries. Errors: `InputError`."""
    if file.syntax not in {"yaml", "json"} or is_template(file):
        return
    for doc, base, one in objects(file):
        place = (*base, "spec") if isinstance(one.get("spec"), dict) else base
        spec = one.get("spec") if isinstance(one.get("spec"), dict) else one
        yield from _sources(doc, place, spec)


def _sources(doc: Doc, base: Path, spec: Any) -> Iterator[Suppression]:
    lasting = [((*base, "configuration", "exclude"), get(spec, "configuration", "exclude"))]
    for index, source in mappings(get(spec, "sources")):
        lasting.append(((*base, "sources", index, "config", "exclude"), get(source, "config", "exclude")))
        for number, one in mappings(get(source, "volatileConfig", "exclude")):
            where = (*base, "sources", index, "volatileConfig", "exclude", number)
            yield _entry(doc, where, str(one.get("value") or "*"), one)
    for where, excluded in lasting:
        for number, value in enumerate(texts(excluded)):
            yield _entry(doc, (*where, number), value, {})


def _entry(doc: Doc, where: Path, value: str, one: dict[str, Any]) -> Suppression:
    image = one.get("imageUrl") or one.get("imageRef") or one.get("imageDigest")
    end = one.get("effectiveUntil")
    return entry(
        doc.file,
        doc.line(*where),
        tool="conforma",
        form="conforma",
        text=f"{value} {image or ''}".strip(),
        type="compliance",
        checks=[value],
        paths=(),
        images=[literal(str(image)) + "*"] if image else ["*"],
        reason=one.get("reference") if isinstance(one.get("reference"), str) else None,
        expires=end,
        lapses=instant(end),
        comments=doc.comments(*where),
        says=[one],
    )
