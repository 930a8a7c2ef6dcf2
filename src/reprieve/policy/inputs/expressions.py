"""What Terraform's expressions come to, as far as the text of a module and of those that call it tells.

Arguments of the call, defaults of variables, locals, what a called module puts out, comparisons and choices
between values that are known, a few functions that only pass values on, and policy documents written as data
sources are followed; an attribute of another resource becomes a reference; all else is unknown.
"""

from __future__ import annotations

import functools
import re
from typing import Any

from reprieve.policy.inputs.cloud import (
    mark_statements,
    reference,
    referred,
    split_template,
    unknown,
    unresolved,
)
from reprieve.policy.inputs.interface import InputError
from reprieve.policy.inputs.logic import LOGIC
from reprieve.policy.inputs.nodes import Node
from reprieve.policy.inputs.scope import Bounds, Scope

_MAX_FOLLOWED = 12
_MAX_CROSSED = 24
_STEP = r"(?:\.[A-Za-z_][\w-]*|\.\d+|\.\*|\[\*\]|\[\d+\]|\[\"[^\"]*\"\]|\[[\w.]+\])"
_FOLLOWABLE = re.compile(r"[a-z]+\(|[\[{\"!(]|[^{]*(?:[=!]=|\?|&&|\|\|)")
_TRAVERSAL = re.compile(rf"([A-Za-z_][\w-]*)({_STEP}*)")
_INDEX = re.compile(r"\[[^\]]*\]|\.\*|\.\d+(?=\.|$)")
_PASSING = frozenset(
    {"jsonencode", "toset", "tolist", "tostring", "tonumber", "tobool", "sensitive", "nonsensitive"}
)


def resolved(node: Node, scope: Scope, followed: int = 0) -> Node:
    """The value with its expressions followed. Errors: `InputError` for one that unfolds beyond reason."""
    value = node.value
    scope.bounds.spend(1 + (len(value) // 64 if isinstance(value, str) else 0))
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
    if not _FOLLOWABLE.match(source):
        return unknown(source, at)
    try:
        name, arguments = _parsed(source)
    except InputError:
        return unknown(source, at)
    if name is None and arguments[0].value == "${" + source + "}":
        return unknown(source, at)
    values = [resolved(_moved(argument, at), scope, followed + 1) for argument in arguments]
    return _called(name, values, at) or unknown(source, at)


@functools.lru_cache(maxsize=4096)
def _parsed(source: str) -> tuple[str | None, list[Node]]:
    """The same few expressions are asked for again with each call of a module."""
    from reprieve.policy.inputs.hcl import call

    return call(source)


def _called(name: str | None, values: list[Node], at: Node) -> Node | None:
    if name is None or (name in _PASSING and len(values) == 1):
        return values[0]
    if name == "?" and isinstance(values[0].value, bool):
        return values[1 if values[0].value else 2]
    if name in LOGIC:
        decided = LOGIC[name](*(value.value for value in values))
        return None if decided is None else Node(decided, at.first, at.last)
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
    return Node(value, first, last, node.block, at.path)


def _traversed(source: str, root: str, steps: str, at: Node, scope: Scope, followed: int) -> Node:
    named = re.findall(r"[^.\[\]\"*]+", steps)
    if root in ("var", "local", "module"):
        value = _named(root, steps, named, scope, followed)
        return Node(value.value, at.first, at.last, path=at.path) if value else unknown(source, at)
    if root == "data":
        policy = scope.data.get((named[0], named[1])) if len(named) == 3 and named[2] == "json" else None
        return _policy_document(resolved(policy, scope, followed)) if policy else unknown(source, at)
    without = re.findall(r"\.([\w-]+)", _INDEX.sub("", steps))
    if "_" not in root or not without or without[0] in ("key", "value"):
        return unknown(source, at)
    return reference(f"{scope.address}{root}.{without[0]}", ".".join(without[1:]), at)


def _named(root: str, steps: str, named: list[str], scope: Scope, followed: int) -> Node | None:
    """What a variable, a local value or an output is, or a part of it."""
    crossed = root == "module" or (root == "var" and bool(named) and named[0] in scope.given)
    if root == "module":
        output = _OUTPUT.fullmatch(steps)
        called = scope.modules.get(output[1]) if output else None
        value = _put_out(output[2], called) if output and called else None
        named = re.findall(r"[^.\[\]\"*]+", output[3]) if output else []
    elif not named:
        return None
    elif root == "var":
        value, named = _variable(named[0], scope, followed), named[1:]
    else:
        found = scope.locals.get(named[0])
        value, named = resolved(found, scope, followed) if found else None, named[1:]
    value = _stepped(value, named) if value else None
    if value and crossed:
        _weigh(value, scope.bounds)
    return value


def _weigh(node: Node, bounds: Bounds) -> None:
    """Pays for a value that is used once more; what is remembered of another module may hold itself often."""
    bounds.spend(1)
    if isinstance(node.value, dict | list):
        for child in node.value.values() if isinstance(node.value, dict) else node.value:
            _weigh(child, bounds)


_OUTPUT = re.compile(r"\.([\w-]+)(?:\[[^\]*]*\]|\.\d+)?\.([A-Za-z_][\w-]*)(.*)")


def _variable(name: str, scope: Scope, followed: int) -> Node | None:
    """As the call says, else its default."""
    default = scope.variables.get(name)
    if name in scope.given and scope.caller:
        value = _crossed(scope.given[name], scope.caller, scope, ("var", name))
        if value is None or value.value is not None or name not in scope.never_null:
            return value
    return resolved(default, scope, followed) if default else None


def _put_out(name: str, called: Scope) -> Node | None:
    said = called.outputs.get(name)
    return _crossed(said, called, called, ("output", name)) if said else None


def _crossed(node: Node, scope: Scope, keeper: Scope, key: tuple[str, str]) -> Node | None:
    """What an expression is in the scope of another module; None for one that leads through too many."""
    if key in keeper.known:
        return keeper.known[key]
    if scope.bounds.crossed >= _MAX_CROSSED:
        return None
    scope.bounds.crossed += 1
    value = keeper.known[key] = resolved(node, scope)
    scope.bounds.crossed -= 1
    return value


def _stepped(node: Node, steps: list[str]) -> Node | None:
    for position, step in enumerate(steps):
        if unresolved(node):
            return _attribute(node, [one for one in steps[position:] if not one.isdecimal()])
        if isinstance(node.value, dict) and step in node.value:
            node = node.value[step]
        elif isinstance(node.value, list) and step.isdecimal() and int(step) < len(node.value):
            node = node.value[int(step)]
        else:
            return None
    return node


def _attribute(node: Node, steps: list[str]) -> Node | None:
    """An attribute of a resource that was handed over as a whole."""
    address, attribute = referred(node)
    return reference(address, ".".join(filter(None, (attribute, *steps))), node) if address else None


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
    members = {"Statement": Node(statements, data.first, data.last)}
    return mark_statements(Node(members, data.first, data.last))


def _statement(block: Node) -> Node:
    if not isinstance(block.value, dict) or unresolved(block):
        return unknown("statement", block)
    members: dict[str, Any] = {"Effect": Node("Allow", block.first, block.last)}
    members |= {_STATEMENT[key]: child for key, child in block.value.items() if key in _STATEMENT}
    return Node(members, block.first, block.last, path=block.path)
