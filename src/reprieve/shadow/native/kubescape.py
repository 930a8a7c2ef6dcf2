"""Exceptions of Kubescape: its JSON file, and SecurityException objects.

kubescape/opa-utils `exceptions/`, kubescape/kubescape `core/cautils/getter/crdexceptionsgetter.go`. An entry
without posture policies, or with one that names only `controlName`, is for every control; values of
attributes are anchored regular expressions.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from reprieve.shadow.entries import entry, instant
from reprieve.shadow.interface import InputError
from reprieve.shadow.languages import Syntax
from reprieve.shadow.model import Suppression
from reprieve.shadow.source import File, literal, of_expression
from reprieve.shadow.structured import Doc, Path, documents, get, is_template, mappings, objects, texts
from reprieve.shadow.template import unrendered

NAMES: tuple[str, ...] = ()
CUES = ("postureexceptionpolicy", "securityexception", "vulnerabilitiesignorepolicy")
SYNTAXES: tuple[Syntax, ...] = ("yaml", "json")


def read(file: File) -> Iterator[Suppression]:
    """Its entries. Errors: `InputError`."""
    if file.syntax not in {"yaml", "json"}:
        return
    try:
        documents(file)
    except InputError:
        if not is_template(file):
            raise
        for kind in ("SecurityException", "ClusterSecurityException"):
            yield from unrendered(file, kind, tool="kubescape", form="kubescape-crd")
        return
    if "postureExceptionPolicy" in file.text:
        for doc in documents(file):
            for index, one in mappings(doc.value if isinstance(doc.value, list) else [doc.value]):
                if one.get("policyType") == "postureExceptionPolicy":
                    yield from _policy(doc, (index,) if isinstance(doc.value, list) else (), one)
    if "SecurityException" in file.text:
        for doc, base, one in objects(file):
            if str(one.get("kind")) in {"SecurityException", "ClusterSecurityException"}:
                yield from _object(doc, base, one)


def _policy(doc: Doc, base: Path, one: dict[str, Any]) -> Iterator[Suppression]:
    controls = [_control(policy) for _, policy in mappings(one.get("posturePolicies"))] or ["*"]
    attributes = [
        item.get("attributes") or {} for _, item in mappings(one.get("resources")) if item.get("attributes")
    ]
    if not attributes:
        return  # an empty designator matches nothing
    for attribute in attributes:
        told = {key: _pattern(attribute.get(key)) for key in ("namespace", "cluster", "path", "kind", "name")}
        yield entry(
            doc.file,
            doc.line(*base),
            tool="kubescape",
            form="kubescape",
            text=f"{one.get('name')}: {', '.join(controls)} {sorted(attribute.items())}",
            type="compliance",
            checks=["*" if "*" in controls else control for control in controls],
            paths=[told["path"]] if attribute.get("path") else (),
            namespaces=[told["namespace"]],
            clusters=[told["cluster"]] if attribute.get("cluster") else (),
            resources=["*" if told["kind"] == told["name"] == "*" else f"{told['kind']}/{told['name']}"],
            reason=one.get("reason") if isinstance(one.get("reason"), str) else None,
            expires=one.get("expirationDate"),
            lapses=instant(one.get("expirationDate")),
            comments=doc.comments(*base) if doc.file.syntax == "yaml" else (),
            says=[one],
        )


def _control(policy: dict[str, Any]) -> str:
    """Its control id; `*` for one that names none, whose frameworks and rules do not narrow enough."""
    return of_expression(str(policy["controlID"]), anchored=True) if policy.get("controlID") else "*"


def _pattern(value: Any) -> str:
    return of_expression(str(value), anchored=True) if value else "*"


def _object(doc: Doc, base: Path, one: dict[str, Any]) -> Iterator[Suppression]:
    spec = one.get("spec") if isinstance(one.get("spec"), dict) else {}
    wide = one.get("kind") == "ClusterSecurityException"
    namespace = get(one, "metadata", "namespace")
    match = [
        f"{item.get('kind') or '*'}/{item.get('name') or '*'}"
        for _, item in mappings(get(spec, "match", "resources"))
    ]
    for index, posture in mappings(get(spec, "posture")):
        where = (*base, "spec", "posture", index)
        control = str(posture.get("controlID") or "*")
        yield entry(
            doc.file,
            doc.line(*where),
            kind="object",
            tool="kubescape",
            form="kubescape-crd",
            text=f"{one.get('kind')} {get(one, 'metadata', 'name')}: {control} {', '.join(match)}".strip(),
            type="compliance",
            checks=[control],
            paths=(),
            namespaces=[literal(str(namespace))] if namespace and not wide else ["*"],
            resources=[literal(name) for name in match] or ["*"],
            reason=get(spec, "reason") if isinstance(get(spec, "reason"), str) else None,
            expires=get(spec, "expiresAt"),
            lapses=instant(get(spec, "expiresAt")),
            comments=[*doc.comments(*where), *doc.file.comments_above(doc.line(*base))],
            says=[get(one, "metadata", "annotations"), texts(get(spec, "reason"))],
        )
    for index, ignored in mappings(get(spec, "vulnerabilities")):
        where = (*base, "spec", "vulnerabilities", index)
        identifier = get(ignored, "vulnerability", "id") or get(ignored, "id") or "*"
        yield entry(
            doc.file,
            doc.line(*where),
            kind="object",
            tool="kubescape",
            form="kubescape-crd",
            text=f"{one.get('kind')} {get(one, 'metadata', 'name')}: {identifier}",
            type="vulnerability",
            checks=[str(identifier)],
            paths=(),
            namespaces=[literal(str(namespace))] if namespace and not wide else ["*"],
            reason=get(spec, "reason") if isinstance(get(spec, "reason"), str) else None,
            expires=get(spec, "expiresAt"),
            lapses=instant(get(spec, "expiresAt")),
            comments=doc.comments(*where),
            says=[get(one, "metadata", "annotations"), ignored],
        )
