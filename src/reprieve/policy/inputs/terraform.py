"""Terraform's own files, `*.tf` and `*.tf.json`: conftest's shape, and what they declare in the cloud.

Of files with values of variables those count that Terraform reads unasked: `terraform.tfvars`,
`*.auto.tfvars` and both with `.json`.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Sequence
from pathlib import PurePath
from typing import Any

import msgspec

from reprieve.policy.inputs import cloud
from reprieve.policy.inputs.expressions import Scope, resolved
from reprieve.policy.inputs.interface import Document, Lines
from reprieve.policy.inputs.nodes import Node, from_json, lines_at, plain


def claims(name: str, head: str) -> bool:  # noqa: ARG001 — the name says it all
    """Whether a file of this name is Terraform's (or OpenTofu's)."""
    return name.endswith((".tf", ".tf.json", ".tofu", ".tofu.json")) or _gives_values(name)


def _gives_values(path: str) -> bool:
    name = PurePath(path).name.removesuffix(".json")
    return name == "terraform.tfvars" or name.endswith(".auto.tfvars")


def read(path: str, text: str) -> list[Document]:
    """The file as conftest shows it, and the resources it declares. Errors: `InputError`."""
    from reprieve.policy.inputs.hcl import from_hcl  # its parser takes longer to load than a scan without it

    node = _blocks_marked(from_json(text)) if path.endswith(".json") else from_hcl(text)
    if _gives_values(path):
        return [_module([_Source(path, node)], path)]
    raw = Document("terraform", path, plain(node), functools.partial(lines_at, node))
    return [raw, _module([_Source(path, node)], path)]


def combine(documents: Sequence[Document]) -> list[Document]:
    """The same documents, with the `cloud` ones of a directory made one: its files are one module.

    Variables, locals and data sources are then followed from file to file. The document is named after the
    directory; each resource and block keeps its file in `__path__`. Errors: `InputError`, for a module whose
    expressions unfold beyond reason.
    """
    others = [each for each in documents if not isinstance(each.lines, _Module)]
    directories: dict[str, list[_Source]] = {}
    for each in documents:
        if isinstance(each.lines, _Module):
            directories.setdefault(str(PurePath(each.path).parent), []).extend(each.lines.sources)
    modules = []
    for directory, sources in directories.items():
        written = [source for source in sources if not _gives_values(source.path)]
        if written:
            modules.append(_module(sources, written[0].path if len(written) == 1 else directory))
    return others + modules


class _Source(msgspec.Struct, frozen=True):
    path: str
    node: Node


class _Module(msgspec.Struct, frozen=True):
    """Where things are in a module; keeps what it was read from, for modules made of several files."""

    sources: list[_Source]
    place: cloud.Place

    def __call__(self, path: Sequence[str | int]) -> Lines:
        return self.place(path)


def _module(sources: list[_Source], name: str) -> Document:
    scope = _scope(sources)
    written = [source for source in sources if not _gives_values(source.path)]
    resources = [resource for source in written for resource in _resources(source, scope)]
    document = cloud.document(name, resources)
    return msgspec.structs.replace(document, lines=_Module(sources, cloud.Place(resources)))


def _scope(sources: list[_Source]) -> Scope:
    scope = Scope({}, {}, {})
    given = [source for source in sources if _gives_values(source.path)]
    for source in (one for one in sources if one not in given):
        for name, body in _labelled(_member(source.node, "variable")):
            if "default" in body.value:
                scope.variables[name] = body.value["default"]
        for body in _bodies(_member(source.node, "locals")):
            scope.locals |= body.value
        policies = _member(_member(source.node, "data"), "aws_iam_policy_document")
        for name, body in _labelled(policies):
            document = _expanded(body)
            document.path = source.path
            scope.data["aws_iam_policy_document", name] = document
    for source in sorted(given, key=_turn):
        scope.variables |= dict(_members(source.node))
    return scope


def _turn(source: _Source) -> tuple[bool, str]:
    """When Terraform reads a file with values: what comes later counts."""
    name = PurePath(source.path).name
    return not name.startswith("terraform.tfvars"), name


def _resources(source: _Source, scope: Scope) -> Iterator[cloud.Resource]:
    for kind, named in _members(_member(source.node, "resource")):
        for name, body in _labelled(named):
            values = cloud.with_policies(resolved(_expanded(body), scope))
            if not _none_made(values):
                yield cloud.Resource(kind, name, f"{kind}.{name}", values, source.path)


def _none_made(values: Node) -> bool:
    """A resource that is switched off, with a literal `count = 0` or an empty `for_each`."""
    count, each = values.value.get("count"), values.value.get("for_each")
    return (count is not None and count.value == 0) or (each is not None and each.value in ({}, []))


def _expanded(body: Node) -> Node:
    """The body with each `dynamic` block as one block of its content."""
    value: Any = body.value
    if isinstance(value, list):
        value = [_expanded(child) for child in value]
    elif isinstance(value, dict):
        value = {key: _expanded(child) for key, child in value.items() if key != "dynamic"}
        for name, dynamic in _labelled(body.value.get("dynamic")):
            contents = [_expanded(content) for content in _bodies(dynamic.value.get("content"))]
            given = value.get(name)
            written = given.value if given and isinstance(given.value, list) else []
            value[name] = Node([*written, *contents], dynamic.first, dynamic.last)
    return Node(value, body.first, body.last, body.block)


def _member(node: Node | None, key: str) -> Node | None:
    return node.value.get(key) if node and isinstance(node.value, dict) else None


def _members(node: Node | None) -> Iterable[tuple[str, Node]]:
    if node and isinstance(node.value, list):  # JSON allows a list wherever names are given
        return [pair for item in node.value for pair in _members(item)]
    return node.value.items() if node and isinstance(node.value, dict) else ()


def _labelled(node: Node | None) -> Iterator[tuple[str, Node]]:
    """Each body under its label; JSON may leave the list around it out."""
    for name, bodies in _members(node):
        for body in _bodies(bodies):
            yield name, body


def _bodies(node: Node | None) -> Iterator[Node]:
    found = node.value if node and isinstance(node.value, list) else [node]
    yield from (body for body in found if body and isinstance(body.value, dict))


def _blocks_marked(node: Node) -> Node:
    """In JSON blocks look like any object."""
    if isinstance(node.value, list):
        for child in node.value:
            _blocks_marked(child)
    elif isinstance(node.value, dict):
        node.block = True
        for child in node.value.values():
            _blocks_marked(child)
    return node
