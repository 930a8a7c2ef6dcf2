"""Skips in the metadata of CloudFormation: `Metadata.checkov.skip` and `Metadata.cfn_nag.rules_to_suppress`.

bridgecrewio/checkov `docs/2.Basics/Suppressing and Skipping Policies.md`; stelligent/cfn_nag `README.md`; the
templates that cdk-nag writes hold `Metadata.cdk_nag.rules_to_suppress` likewise.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from reprieve.shadow.entries import entry
from reprieve.shadow.interface import InputError
from reprieve.shadow.languages import Syntax
from reprieve.shadow.model import Suppression
from reprieve.shadow.source import File, literal
from reprieve.shadow.structured import Doc, Path, documents, get, mappings

NAMES: tuple[str, ...] = ()
CUES = ("rules_to_suppress", "checkov", "bridgecrew")
SYNTAXES: tuple[Syntax, ...] = ("yaml", "json")

_METADATA = re.compile(
    r"^\s*[\"']?(?:checkov|bridgecrew)[\"']?\s*:\s*\{?\s*$|rules_to_suppress", re.MULTILINE
)
_SKIPS = (
    ("checkov", "skip", "comment"),
    ("bridgecrew", "skip", "comment"),
    ("cfn_nag", "rules_to_suppress", "reason"),
    ("cdk_nag", "rules_to_suppress", "reason"),
)


def read(file: File) -> Iterator[Suppression]:
    """Its entries. Errors: `InputError`."""
    if file.syntax not in {"yaml", "json"} or not _METADATA.search(file.text) or "Resources" not in file.text:
        return
    try:
        docs = documents(file)
    except InputError:
        if "{{" in file.text or "{%" in file.text:
            return  # the template of a template
        raise
    for doc in docs:
        yield from _skips(doc, ("Metadata",), None)
        resources = get(doc.value, "Resources")
        for name in resources if isinstance(resources, dict) else ():
            yield from _skips(doc, ("Resources", name, "Metadata"), name)


def _skips(doc: Doc, base: Path, name: str | None) -> Iterator[Suppression]:
    metadata = get(doc.value, *base)
    for key, items, reason in _SKIPS:
        for index, one in mappings(get(metadata, key, items)):
            where = (*base, key, items, index)
            yield _skip(doc, where, one, key.replace("_", "-"), name, one.get(reason))


def _skip(
    doc: Doc, where: Path, one: dict[str, Any], tool: str, name: str | None, reason: Any
) -> Suppression:
    type_ = get(doc.value, "Resources", name or "", "Type")
    return entry(
        doc.file,
        doc.line(*where),
        kind="marker",
        tool="checkov" if tool == "bridgecrew" else tool,
        form="cloudformation-metadata",
        text=f"{name or 'template'}: {one.get('id')}",
        type="misconfiguration",
        checks=[str(one.get("id") or "*")],
        paths=[literal(doc.file.name)],
        resources=[literal(f"{type_}.{name}")] if name and type_ else (),
        reason=reason if isinstance(reason, str) else None,
        comments=doc.comments(*where) if doc.file.syntax == "yaml" else (),
        says=[one],
    )
