"""PolicyException objects of Kyverno: of whole policies or rules, for what they match.

kyverno/kyverno `api/kyverno/v2/policy_exception_types.go`, `config/crds/policies.kyverno.io`. Reports
name the policy, not the rule; the namespace of the object does not limit what it exempts.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from reprieve.shadow.entries import entry, instant
from reprieve.shadow.interface import InputError
from reprieve.shadow.languages import Syntax
from reprieve.shadow.model import Suppression
from reprieve.shadow.source import File, literal
from reprieve.shadow.structured import Doc, Path, get, is_template, mappings, objects, texts
from reprieve.shadow.template import unrendered

NAMES: tuple[str, ...] = ()
CUES = ("policyexception",)
SYNTAXES: tuple[Syntax, ...] = ("yaml", "json")
_ANNOTATED = ("metadata", "annotations")


def read(file: File) -> Iterator[Suppression]:
    """Its entries. Errors: `InputError`."""
    if file.syntax not in {"yaml", "json"}:
        return
    try:
        found = list(objects(file))
    except InputError:
        if not is_template(file):
            raise
        yield from unrendered(file, "PolicyException", tool="kyverno", form="kyverno")
        return
    for doc, base, one in found:
        if one.get("kind") == "PolicyException" and "kyverno.io" in str(one.get("apiVersion")):
            yield from _exception(doc, base, one)


def _exception(doc: Doc, base: Path, one: dict[str, Any]) -> Iterator[Suppression]:
    spec = one.get("spec") if isinstance(one.get("spec"), dict) else {}
    named = [
        ((*base, "spec", key, index), str(item.get(name) or ""), texts(item.get("ruleNames")))
        for key, name in (("exceptions", "policyName"), ("policyRefs", "name"))
        for index, item in mappings(get(spec, key))
    ]
    filters = list(_filters(get(spec, "match")))
    expires = get(spec, "expiresAt")
    labels = get(one, "metadata", "labels", "cleanup.kyverno.io/ttl")
    for where, policy, rules in named or [((*base, "spec"), "*", [])]:
        yield entry(
            doc.file,
            doc.line(*where),
            kind="object",
            tool="kyverno",
            form="kyverno",
            text=f"PolicyException {get(one, 'metadata', 'name')}: {policy} {', '.join(rules)}".strip(),
            type="admission",
            checks=[policy.rpartition("/")[2] or "*"],
            paths=(),
            namespaces=sorted({name for names, _ in filters for name in names}) or ("*",),
            resources=sorted({name for _, names in filters for name in names}) or ("*",),
            reason=_reason(one),
            expires=expires or labels,
            lapses=instant(expires),
            comments=[*doc.comments(*where), *doc.file.comments_above(doc.line(*base))],
            says=[get(one, *_ANNOTATED), get(one, "metadata", "labels"), get(spec, "properties")],
        )


def _filters(match: Any) -> Iterator[tuple[list[str], list[str]]]:
    """Of each alternative: the namespaces and the resources that it is narrowed to."""
    for key in ("any", "all"):
        for _, alternative in mappings(get(match, key)):
            yield _resources(alternative.get("resources"))
    if isinstance(get(match, "resources"), dict):
        yield _resources(match["resources"])


def _resources(value: Any) -> tuple[list[str], list[str]]:
    kinds = [kind.rpartition("/")[2].partition(".")[0] for kind in texts(get(value, "kinds"))] or ["*"]
    names = texts(get(value, "names")) or texts(get(value, "name")) or ["*"]
    found = [literal(f"{kind}/{name}") for kind in kinds for name in names]
    return [literal(name) for name in texts(get(value, "namespaces"))] or ["*"], found


def _reason(one: dict[str, Any]) -> str | None:
    about = get(one, *_ANNOTATED)
    for key, value in about.items() if isinstance(about, dict) else ():
        if isinstance(value, str) and any(word in key for word in ("reason", "description", "justification")):
            return value
    return None
