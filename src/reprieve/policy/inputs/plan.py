"""What `terraform show -json` prints of a plan or a state.

https://developer.hashicorp.com/terraform/internals/json-format
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from typing import Any

from reprieve.policy.inputs import cloud
from reprieve.policy.inputs.interface import Document, InputError
from reprieve.policy.inputs.nodes import Node, from_json, lines_at, plain

_MARKS = re.compile(r'"(?:planned_values|resource_changes|terraform_version)"\s*:')

_STATES = {"planned_values", "resource_changes", "prior_state", "values"}


def claims(name: str, head: str) -> bool:  # noqa: ARG001 — a plan may have any name
    """Whether the text begins like a plan."""
    return head.lstrip()[:1] == "{" and '"format_version"' in head and bool(_MARKS.search(head))


def read(path: str, text: str) -> list[Document]:
    """The plan as it is, and the resources that it leads to. Errors: `InputError`."""
    node = from_json(text)
    value = plain(node)
    if not isinstance(value, dict) or not _STATES.intersection(value):
        raise InputError("not a Terraform plan: no `planned_values`", 1, 1)
    raw = Document("terraform", path, value, functools.partial(lines_at, node))
    within = _at(_at(node, "planned_values") or _at(node, "values"), "root_module")
    resources = list(_resources(within, _Plan(value, path), _configured(value)))
    return [raw, cloud.document(path, resources)]


class _Plan:
    def __init__(self, value: dict[str, Any], path: str) -> None:
        self.path = path
        changes = value.get("resource_changes")
        self._later = {
            change.get("address"): _object(_object(change, "change"), "after_unknown")
            for change in (changes if isinstance(changes, list) else [])
            if isinstance(change, dict)
        }

    def resource(self, node: Node, expressions: dict[str, Any], module: str) -> cloud.Resource | None:
        facts = {key: _at(node, key) for key in ("type", "name", "address", "mode")}
        kind, name, address, mode = (fact.value if fact else None for fact in facts.values())
        if (
            not (isinstance(kind, str) and isinstance(name, str) and isinstance(address, str))
            or mode == "data"
        ):
            return None
        values = _at(node, "values") or Node({}, node.first, node.last)
        if not isinstance(values.value, dict):
            return None
        later = self._later.get(address, {})
        _mark_unknown(values, later)
        for key, expression in expressions.items():
            target = _referred(expression)
            if target and (key not in values.value or key in later):
                values.value[key] = cloud.reference(f"{module}{target[0]}", target[1], node)
        values = cloud.with_policies(_marked(values))
        values.first, values.last = node.first, node.last
        return cloud.Resource(kind, name, address, values, self.path)


def _resources(module: Node | None, plan: _Plan, configured: dict[str, Any]) -> Iterator[cloud.Resource]:
    address = _at(module, "address")
    prefix = f"{address.value}." if address else ""
    for node in _items(_at(module, "resources")):
        made = plan.resource(node, _expressions(node, configured), prefix)
        if made:
            yield made
    for child in _items(_at(module, "child_modules")):
        name = _at(child, "address")
        own = str(name.value).removeprefix(prefix) if name else ""
        call = re.match(r"module\.([\w-]+)", own)
        called = _object(_object(configured, "module_calls"), call[1]) if call else {}
        yield from _resources(child, plan, _object(called, "module"))


def _expressions(node: Node, configured: dict[str, Any]) -> dict[str, Any]:
    kind, name = _at(node, "type"), _at(node, "name")
    wanted = (kind.value if kind else None, name.value if name else None)
    resources = configured.get("resources")
    for each in resources if isinstance(resources, list) else []:
        if isinstance(each, dict) and (each.get("type"), each.get("name")) == wanted:
            return _object(each, "expressions")
    return {}


def _configured(value: dict[str, Any]) -> dict[str, Any]:
    return _object(_object(value, "configuration"), "root_module")


def _referred(expression: Any) -> tuple[str, str] | None:
    """The one resource that an expression names: `aws_s3_bucket.logs.id` → (aws_s3_bucket.logs, id)."""
    references = expression.get("references") if isinstance(expression, dict) else None
    for name in references if isinstance(references, list) else []:
        match = (
            re.match(r"([a-z0-9]+_\w+\.[\w-]+)(?:\[[^\]]*\])?\.(\w+)$", name)
            if isinstance(name, str)
            else None
        )
        if match:
            return match[1], match[2]
    return None


def _mark_unknown(values: Node, later: Any) -> None:
    """Fill in, as unknown, what the plan says is known only after it was applied."""
    if isinstance(later, dict) and isinstance(values.value, dict):
        for key, mark in later.items():
            if mark is True:
                values.value[key] = cloud.unknown("known after apply", values)
            elif key in values.value:
                _mark_unknown(values.value[key], mark)
    elif isinstance(later, list) and isinstance(values.value, list):
        for child, mark in zip(values.value, later, strict=False):
            _mark_unknown(child, mark)


def _marked(node: Node) -> Node:
    for child in node.value.values() if isinstance(node.value, dict) else node.value:
        if isinstance(child.value, dict | list) and not cloud.unresolved(child):
            _marked(child)
    node.block = isinstance(node.value, dict)
    return node


def _object(value: Any, key: str) -> dict[str, Any]:
    found = value.get(key) if isinstance(value, dict) else None
    return found if isinstance(found, dict) else {}


def _at(node: Node | None, key: str) -> Node | None:
    return node.value.get(key) if node and isinstance(node.value, dict) else None


def _items(node: Node | None) -> list[Node]:
    return node.value if node and isinstance(node.value, list) else []
