"""The shape `cloud`: what a Terraform or CloudFormation file declares, under Terraform's names.

    {"resources": [{"type": "aws_s3_bucket", "name": "logs", "address": "aws_s3_bucket.logs",
                    "values": {…}, "__path__": "s3.tf", "__start_line__": 3, "__end_line__": 9}]}

Nested blocks are lists of objects, and carry `__path__`, the lines and, as `__address__`, the resource that
they are of: two calls of one module make resources that differ in nothing else. A value that only a plan or
the cloud would know is `{"__unknown__": "var.x"}`; one that is another resource's is
`{"__reference__": "aws_s3_bucket.logs", "__attribute__": "id"}`. Policy documents are objects, however they
were written.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from reprieve.policy.inputs.interface import Document, InputError, Lines
from reprieve.policy.inputs.nodes import MAX_DEPTH, Node, from_json, lines_at

UNKNOWN = "__unknown__"
REFERENCE = "__reference__"
_ATTRIBUTE = "__attribute__"

_PLACEHOLDER = "\ue000"
"""Stands, in a policy that is decoded, for the parts that are not known."""


class Resource(msgspec.Struct):
    """One resource, with the file it was found in."""

    type: str
    name: str
    address: str
    values: Node
    path: str


def unknown(source: str, at: Node) -> Node:
    """The value of an expression that cannot be known here; its text is kept for messages."""
    return Node({UNKNOWN: Node(source, at.first, at.last)}, at.first, at.last)


def reference(address: str, attribute: str, at: Node) -> Node:
    """An attribute of the resource at `address`."""
    members = {REFERENCE: address, _ATTRIBUTE: attribute}
    return Node({key: Node(value, at.first, at.last) for key, value in members.items()}, at.first, at.last)


def referred(node: Node) -> tuple[str | None, str]:
    """The address and attribute of a reference; None and nothing of any other value."""
    if not isinstance(node.value, dict) or REFERENCE not in node.value:
        return None, ""
    return str(node.value[REFERENCE].value), str(node.value[_ATTRIBUTE].value)


def unresolved(node: Node) -> bool:
    """Whether the value is unknown or another resource's."""
    return isinstance(node.value, dict) and (UNKNOWN in node.value or REFERENCE in node.value)


def document(path: str, resources: Sequence[Resource]) -> Document:
    """The resources as one `input`."""
    return Document(
        "cloud", path, {"resources": [_shown(resource) for resource in resources]}, Place(resources)
    )


class Place(msgspec.Struct, frozen=True):
    """Answers where a node of a cloud document is."""

    resources: Sequence[Resource]

    def __call__(self, path: Sequence[str | int]) -> Lines:
        """The lines of what `path` leads to, within its own file."""
        if len(path) < 2 or not isinstance(path[1], int) or path[1] >= len(self.resources):
            return 1, 1
        inner = path[3:] if len(path) > 3 and path[2] == "values" else ()
        return lines_at(self.resources[path[1]].values, inner)


def _shown(resource: Resource) -> dict[str, Any]:
    values = resource.values
    return {
        "type": resource.type,
        "name": resource.name,
        "address": resource.address,
        "values": _plain(values, resource),
        "__path__": resource.path,
        "__start_line__": values.first,
        "__end_line__": values.last,
    }


def _plain(node: Node, resource: Resource, depth: int = 0) -> Any:
    if depth > MAX_DEPTH:  # what expressions lead to may be nested more than the text
        raise InputError("nested too deeply", node.first)
    if isinstance(node.value, list):
        return [_plain(child, resource, depth + 1) for child in node.value]
    if not isinstance(node.value, dict):
        return node.value
    shown = {key: _plain(child, resource, depth + 1) for key, child in node.value.items()}
    if node.block and depth:
        shown |= {
            "__path__": node.path or resource.path,
            "__address__": resource.address,
            "__start_line__": node.first,
            "__end_line__": node.last,
        }
    return shown


def with_policies(values: Node) -> Node:
    """The same values, with each policy that is JSON text decoded."""
    if isinstance(values.value, list):
        return _changed(values, [with_policies(child) for child in values.value])
    if not isinstance(values.value, dict) or unresolved(values):
        return values
    changed = {
        key: _policy(child) if key in _POLICIES else with_policies(child)
        for key, child in values.value.items()
    }
    return _changed(values, changed)


_POLICIES = frozenset({"policy", "assume_role_policy", "access_policies", "key_policy", "repository_policy"})


def _changed(node: Node, value: Any) -> Node:
    return Node(value, node.first, node.last, node.block, node.path)


def _policy(node: Node) -> Node:
    text = node.value
    if unresolved(node) and UNKNOWN in node.value:
        text = _with_placeholders(str(node.value[UNKNOWN].value))
    if isinstance(text, str) and text.lstrip().startswith("{"):
        try:
            node = _at(from_json(text), node)
        except InputError:
            return node
    return mark_statements(node)


def _with_placeholders(template: str) -> str:
    return "".join(part if literal else _PLACEHOLDER for literal, part in split_template(template))


def _at(node: Node, at: Node) -> Node:
    """The decoded policy, with the lines of the text it was in."""
    value = node.value
    if isinstance(value, dict):
        value = {key: _at(child, at) for key, child in value.items()}
    elif isinstance(value, list):
        value = [_at(child, at) for child in value]
    elif isinstance(value, str) and _PLACEHOLDER in value:
        return unknown(value.replace(_PLACEHOLDER, "${…}"), at)
    return Node(value, at.first, at.last, path=at.path)


def mark_statements(policy: Node) -> Node:
    """A finding may point at a single statement."""
    statements = policy.value.get("Statement") if isinstance(policy.value, dict) else None
    for statement in _items(statements):
        if isinstance(statement.value, dict) and not unresolved(statement):
            statement.block = True
    return policy


def _items(node: Node | None) -> Iterable[Node]:
    if node is None:
        return ()
    return node.value if isinstance(node.value, list) else (node,)


def split_template(text: str) -> list[tuple[bool, str]]:
    """The parts of a template: (True, literal text) and (False, expression), in order."""
    parts: list[tuple[bool, str]] = []
    start = position = 0
    while (position := text.find("${", position)) >= 0:
        if position and text[position - 1] == "$":  # `$${` is the text `${`
            position += 2
            continue
        end = _closing(text, position + 2)
        parts += [(True, text[start:position])] if position > start else []
        parts.append((False, text[position + 2 : end].strip()))
        start = position = min(end + 1, len(text))
    if start < len(text) or not parts:
        parts.append((True, text[start:]))
    return [
        (literal, part.replace("$${", "${").replace("%%{", "%{") if literal else part)
        for literal, part in parts
    ]


def _closing(text: str, position: int) -> int:
    depth, quoted = 1, False
    while position < len(text):
        character = text[position]
        if quoted and character == "\\":
            position += 1
        elif character == '"':
            quoted = not quoted
        elif not quoted and character in "{}":
            depth += 1 if character == "{" else -1
            if depth == 0:
                return position
        position += 1
    return position
