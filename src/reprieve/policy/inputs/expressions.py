"""What Terraform's expressions come to, as far as a module's own text tells.

Literal defaults of variables, locals, a few functions that only pass values on, and policy documents written
as data sources are followed; an attribute of another resource becomes a reference; all else is unknown.
"""

from __future__ import annotations

import re
from typing import Any

import msgspec

from reprieve.policy.inputs.cloud import mark_statements, reference, split_template, unknown, unresolved
from reprieve.policy.inputs.interface import InputError
from reprieve.policy.inputs.nodes import Node


class Scope(msgspec.Struct):
    """What the expressions of one module can name."""

    variables: dict[str, Node]
    """Their defaults, of those that have one."""
    locals: dict[str, Node]
    data: dict[tuple[str, str], Node]
    left: int = 2_000_000
    """How much more may be made of them: a few lines of locals can stand for gigabytes."""

    def spend(self, amount: int) -> None:
        """Errors: `InputError` when there is nothing left."""
        self.left -= amount
        if self.left < 0:
            raise InputError("expressions that unfold to millions of values")


_MAX_FOLLOWED = 12
_STEP = r"(?:\.[A-Za-z_][\w-]*|\.\d+|\.\*|\[\*\]|\[\d+\]|\[\"[^\"]*\"\]|\[[\w.]+\])"
_TRAVERSAL = re.compile(rf"([A-Za-z_][\w-]*)({_STEP}*)")
_INDEX = re.compile(r"\[[^\]]*\]|\.\*|\.\d+(?=\.|$)")
_PASSING = frozenset(
    {"jsonencode", "toset", "tolist", "tostring", "tonumber", "tobool", "sensitive", "nonsensitive"}
)


def resolved(node: Node, scope: Scope, followed: int = 0) -> Node:
    """The value with its expressions followed. Errors: `InputError` for one that unfolds beyond reason."""
    value = node.value
    scope.spend(1 + (len(value) // 64 if isinstance(value, str) else 0))
    if isinstance(value, dict):
        value = {key: resolved(child, scope, followed) for key, child in value.items()}
    elif isinstance(value, list):
        value = [resolved(child, scope, followed) for child in value]
    elif isinstance(value, str):
        return _template(node, scope, followed)
    return Node(value, node.first, node.last, node.block, node.path)


def _template(node: Node, scope: Scope, followed: int) -> Node:
    if "{" not in node.value:
        return node
    parts = split_template(node.value)
    if len(parts) == 1 and not parts[0][0]:
        return _followed(parts[0][1], node, scope, followed)
    text = ""
    for literal, part in parts:
        found = part if literal else _followed(part, node, scope, followed).value
        if not isinstance(found, str | int | float) or (literal and re.search(r"(?<!%)%\{", node.value)):
            return unknown(node.value, node)
        text += str(found).lower() if isinstance(found, bool) else str(found)
    return Node(text, node.first, node.last)


def _followed(source: str, at: Node, scope: Scope, followed: int) -> Node:
    if followed > _MAX_FOLLOWED:
        return unknown(source, at)
    traversal = _TRAVERSAL.fullmatch(source)
    if traversal:
        return _traversed(source, traversal[1], traversal[2], at, scope, followed + 1)
    if not re.match(r"[a-z]+\(|[\[{\"]", source):
        return unknown(source, at)
    from reprieve.policy.inputs.hcl import call

    try:
        name, arguments = call(source)
    except InputError:
        return unknown(source, at)
    if name is None and arguments[0].value == "${" + source + "}":
        return unknown(source, at)
    values = [resolved(_moved(argument, at), scope, followed + 1) for argument in arguments]
    return _called(name, values, at) or unknown(source, at)


def _called(name: str | None, values: list[Node], at: Node) -> Node | None:
    if name is None or (name in _PASSING and len(values) == 1):
        return values[0]
    if name == "concat" and all(isinstance(value.value, list) for value in values):
        return Node([item for value in values for item in value.value], at.first, at.last)
    return None


def _moved(node: Node, at: Node) -> Node:
    """A part of an expression that was read on its own, back in its place."""
    value = node.value
    if isinstance(value, dict):
        value = {key: _moved(child, at) for key, child in value.items()}
    elif isinstance(value, list):
        value = [_moved(child, at) for child in value]
    first, last = (min(line + at.first - 1, at.last) for line in (node.first, node.last))
    return Node(value, first, last, node.block)


def _traversed(source: str, root: str, steps: str, at: Node, scope: Scope, followed: int) -> Node:
    named = re.findall(r"[^.\[\]\"*]+", steps)
    tables = {"var": scope.variables, "local": scope.locals}
    if root in tables:
        found = tables[root].get(named[0]) if named else None
        value = _stepped(resolved(found, scope, followed), named[1:]) if found else None
        return Node(value.value, at.first, at.last) if value else unknown(source, at)
    if root == "data":
        policy = scope.data.get((named[0], named[1])) if len(named) == 3 and named[2] == "json" else None
        return _policy_document(resolved(policy, scope, followed)) if policy else unknown(source, at)
    without = re.findall(r"\.([\w-]+)", _INDEX.sub("", steps))
    if "_" not in root or not without or without[0] in ("key", "value"):
        return unknown(source, at)
    return reference(f"{root}.{without[0]}", ".".join(without[1:]), at)


def _stepped(node: Node, steps: list[str]) -> Node | None:
    for step in steps:
        if unresolved(node):
            return None
        if isinstance(node.value, dict) and step in node.value:
            node = node.value[step]
        elif isinstance(node.value, list) and step.isdecimal() and int(step) < len(node.value):
            node = node.value[int(step)]
        else:
            return None
    return node


_STATEMENT = {
    "effect": "Effect",
    "actions": "Action",
    "not_actions": "NotAction",
    "resources": "Resource",
    "not_resources": "NotResource",
    "principals": "Principal",
    "condition": "Condition",
}


def _policy_document(data: Node) -> Node:
    """`aws_iam_policy_document` as the policy that it makes."""
    if "source_policy_documents" in data.value or "override_policy_documents" in data.value:
        return unknown("data.aws_iam_policy_document", data)
    blocks = data.value.get("statement", Node([], data.first, data.last))
    statements = [
        _statement(block) for block in (blocks.value if isinstance(blocks.value, list) else [blocks])
    ]
    for statement in statements:
        statement.path = data.path
    members = {"Statement": Node(statements, data.first, data.last)}
    return mark_statements(Node(members, data.first, data.last))


def _statement(block: Node) -> Node:
    if not isinstance(block.value, dict) or unresolved(block):
        return unknown("statement", block)
    members: dict[str, Any] = {"Effect": Node("Allow", block.first, block.last)}
    members |= {_STATEMENT[key]: child for key, child in block.value.items() if key in _STATEMENT}
    return Node(members, block.first, block.last)
