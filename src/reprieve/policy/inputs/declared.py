"""What the files of one Terraform module declare: its variables, its resources, the modules that it calls."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import PurePath
from typing import Any

import msgspec

from reprieve.policy.inputs import cloud
from reprieve.policy.inputs.expressions import resolved
from reprieve.policy.inputs.nodes import Node
from reprieve.policy.inputs.scope import Bounds, Scope


class Source(msgspec.Struct, frozen=True):
    """One file, read; of JSON the objects are marked as blocks."""

    path: str
    node: Node


class Call(msgspec.Struct, frozen=True):
    """One `module` block."""

    name: str
    source: str
    """What it says; empty where that is no text."""
    body: Node
    path: str

    @property
    def local(self) -> bool:
        """Whether it names a folder, as Terraform tells it from addresses."""
        return self.source.startswith(("./", "../"))


def gives_values(path: str) -> bool:
    """Whether a file holds values of variables, and is read unasked."""
    name = PurePath(path).name.removesuffix(".json")
    return name == "terraform.tfvars" or name.endswith(".auto.tfvars")


def scope_of(sources: Sequence[Source], bounds: Bounds) -> Scope:
    """What expressions of a module can name, without what calls it and what it calls.

    The values of variables from files count for a root module only: `root_values`.
    """
    scope = Scope({}, {}, {}, bounds=bounds)
    for source in sources:
        if gives_values(source.path):
            continue
        for name, body in _labelled(_member(source.node, "variable")):
            if "default" in body.value:
                scope.variables[name] = body.value["default"]
            nullable = body.value.get("nullable")
            if nullable is not None and nullable.value is False:
                scope.never_null.add(name)
        for body in _bodies(_member(source.node, "locals")):
            scope.locals |= body.value
        for name, body in _labelled(_member(source.node, "output")):
            if "value" in body.value:
                scope.outputs[name] = body.value["value"]
        policies = _member(_member(source.node, "data"), "aws_iam_policy_document")
        for name, body in _labelled(policies):
            scope.data["aws_iam_policy_document", name] = _expanded(body)
    return scope


def root_values(sources: Sequence[Source]) -> dict[str, Node]:
    """What files say of a root module's variables: of two that name one, what Terraform reads later."""
    given = (source for source in sources if gives_values(source.path))
    return {name: value for source in sorted(given, key=_turn) for name, value in _members(source.node)}


def _turn(source: Source) -> tuple[bool, str]:
    name = PurePath(source.path).name
    return not name.startswith("terraform.tfvars"), name


def resources_of(sources: Sequence[Source], scope: Scope) -> Iterator[cloud.Resource]:
    """The resources that a module makes. Errors: `InputError`, for expressions beyond reason."""
    for source in sources:
        if gives_values(source.path):
            continue
        for kind, named in _members(_member(source.node, "resource")):
            for name, body in _labelled(named):
                values = cloud.with_policies(resolved(_expanded(body), scope))
                if not _none_made(values):
                    yield cloud.Resource(kind, name, f"{scope.address}{kind}.{name}", values, source.path)


def calls_of(sources: Sequence[Source]) -> Iterator[Call]:
    """The modules that a module calls, as it says."""
    for source in sources:
        for name, body in _labelled(_member(source.node, "module")):
            said = body.value.get("source")
            text = said.value if said and isinstance(said.value, str) else ""
            yield Call(name, text, body, source.path)


def is_made(call: Call, scope: Scope) -> bool:
    """Whether a call is not switched off; `scope` is of the module that it stands in."""
    counts = {key: call.body.value[key] for key in ("count", "for_each") if key in call.body.value}
    return not _none_made(resolved(Node(counts, call.body.first, call.body.last), scope))


def _none_made(values: Node) -> bool:
    """A resource or module that is switched off, with a literal `count = 0` or an empty `for_each`."""
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
    return Node(value, body.first, body.last, body.block, body.path)


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
