"""Kubernetes objects in the ways people save them: one, a List, several documents, an array.

Source: Kubernetes API conventions, "Types (Kinds)" and "Lists are named collections". Some clients leave
`apiVersion` and `kind` out of a typed list's items; they are those of the list, without its `List`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple, TypeVar

import msgspec

from reprieve.errors import ReportError
from reprieve.findings.source import Source

T = TypeVar("T")


class Object(NamedTuple):
    """One Kubernetes object, undecoded but for what says which type it is."""

    source: str
    """Name of the file it is in, for messages."""
    group: str
    """API group, `""` for the core group: `wgpolicyk8s.io`."""
    kind: str
    data: msgspec.Raw

    def decode(self, type_: type[T]) -> T:
        """The object as `type_`. Errors: `ReportError` for one that has another shape."""
        return _decoded(self.source, self.data, type_)


class OwnerReference(msgspec.Struct, gc=False):
    """The object that an object belongs to."""

    kind: str | None = None
    name: str | None = None


class Metadata(msgspec.Struct, rename="camel", gc=False):
    """What readers use of an object's metadata. Label values may be numbers in hand-written YAML."""

    name: str | None = None
    namespace: str | None = None
    labels: dict[str, Any] | None = None
    annotations: dict[str, Any] | None = None
    owner_references: list[OwnerReference] | None = None


class _Header(msgspec.Struct, rename="camel", gc=False):
    api_version: str | None = None
    kind: str | None = None
    items: list[msgspec.Raw] | None = None


def first_group(source: Source) -> str | None:
    """The API group of the first object in a source; None when it holds no Kubernetes object."""
    if source.shape == "csv" or not {"apiVersion", "kind"} <= source.keys:
        return None
    first = next(objects(source), None)
    if first is not None:
        return first.group
    # An empty typed list still says what it would have held; an empty `List` says nothing.
    return _group(source.head.get("apiVersion"))


def objects(source: Source) -> Iterator[Object]:
    """Every object of a source, lists taken apart. Errors: `ReportError` for anything that is none."""
    documents = source.decode(list[msgspec.Raw]) if source.shape == "array" else [msgspec.Raw(source.data)]
    return objects_in(documents, source.name)


def objects_in(documents: Iterable[msgspec.Raw], source: str) -> Iterator[Object]:
    """The same for documents at hand."""
    for document in documents:
        yield from _unwrapped(document, source, "", "")


def resource_name(kind: str | None, name: str | None) -> str | None:
    """`Kind/name`, or None when one of the two is not known."""
    return f"{kind}/{name}" if kind and name else None


def labelled_resource(metadata: Metadata) -> tuple[str | None, str | None]:
    """Kind and name of the object that a report is about, where labels say it.

    Trivy Operator writes `trivy-operator.resource.kind` and its siblings, its forerunners the same with
    another prefix; a name that is no valid label value stands in an annotation of that key.
    """
    found: dict[str, str] = {}
    for texts in (metadata.labels, metadata.annotations):
        for key, value in (texts or {}).items():
            _, separator, field = key.rpartition(".resource.")
            if separator and value:
                found.setdefault(field, str(value))
    return found.get("kind"), found.get("name")


def _group(api_version: object) -> str:
    return api_version.rpartition("/")[0] if isinstance(api_version, str) else ""


def _unwrapped(data: msgspec.Raw, source: str, group: str, kind: str) -> Iterator[Object]:
    header = _decoded(source, data, _Header)
    group = group if header.api_version is None else _group(header.api_version)
    kind = header.kind or kind
    if header.items is None or not kind.endswith("List"):
        yield Object(source, group, kind, data)
        return
    for item in header.items:
        yield from _unwrapped(item, source, group, kind.removesuffix("List"))


def _decoded(source: str, data: msgspec.Raw, type_: type[T]) -> T:
    try:
        return msgspec.json.decode(data, type=type_, strict=False)
    except (msgspec.DecodeError, RecursionError) as error:
        raise ReportError(f"not in the shape of its format: {error}", where=source) from None
