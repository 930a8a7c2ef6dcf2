"""CloudFormation templates, in YAML with the short forms of its functions, and in JSON."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from typing import Any

from reprieve.policy.inputs import cloud
from reprieve.policy.inputs.cloudformation_names import RESOURCES, Block, Field, Fields, Inner, Part
from reprieve.policy.inputs.interface import Document, InputError
from reprieve.policy.inputs.nodes import Node, from_json, from_yaml, lines_at, plain

_EXTENSIONS = (".yaml", ".yml", ".json", ".template", ".cfn")
_VERSION = re.compile(r"""^[\s{]*["']?AWSTemplateFormatVersion["']?\s*:""", re.MULTILINE)
_TYPE = re.compile(r"""["']?Type["']?\s*:\s*["']?AWS::\w+::\w+""")


def claims(name: str, head: str) -> bool:
    """Whether the text begins like a template."""
    if not name.lower().endswith(_EXTENSIONS) or ("AWS::" not in head and "AWSTemplate" not in head):
        return False
    return bool(_VERSION.search(head) or _TYPE.search(head))


def read(path: str, text: str) -> list[Document]:
    """The template as it is, and the resources it declares. Errors: `InputError`."""
    text = text.removeprefix("\ufeff")
    node = from_json(text) if text.lstrip().startswith("{") else from_yaml(text, _tagged)
    if not isinstance(node.value, dict):
        raise InputError("not a CloudFormation template: expected one mapping", node.first, 1)
    raw = Document("cloudformation", path, plain(node), functools.partial(lines_at, node))
    return [raw, cloud.document(path, list(_Template(path, node).resources()))]


_FUNCTIONS = re.compile(
    "And|Base64|Cidr|Equals|FindInMap|ForEach|GetAZs|If|ImportValue|Join|Length|Not|Or|Select|Split|Sub"
    "|ToJsonString|Transform"
)


def _tagged(tag: str, node: Node) -> Node | None:
    """`!Ref a` as `{"Ref": "a"}`, `!GetAtt a.b` as `{"Fn::GetAtt": ["a", "b"]}`, and so on."""
    name = tag.removeprefix("!")
    if name in ("Ref", "Condition"):
        return Node({name: node}, node.first, node.last)
    if name == "GetAtt":
        if isinstance(node.value, str):
            parts = [Node(part, node.first, node.last) for part in node.value.split(".", 1)]
            node = Node(parts, node.first, node.last)
        return Node({"Fn::GetAtt": node}, node.first, node.last)
    return Node({f"Fn::{name}": node}, node.first, node.last) if _FUNCTIONS.fullmatch(name) else None


class _Template:
    def __init__(self, path: str, node: Node) -> None:
        self._path = path
        self._resources = _members(node.value.get("Resources"))
        self._defaults = {
            name: parameter.value["Default"]
            for name, parameter in _members(node.value.get("Parameters")).items()
            if "Default" in _members(parameter) and _is_short(parameter.value["Default"].value)
        }

    def resources(self) -> Iterator[cloud.Resource]:
        for name, node in self._resources.items():
            declared = _members(node).get("Type")
            kind = RESOURCES.get(declared.value) if declared and isinstance(declared.value, str) else None
            if kind is None:
                continue
            given = self._resolved(_members(node).get("Properties") or Node({}, node.first, node.last))
            properties = given if given and isinstance(given.value, dict) else Node({}, node.first, node.last)
            for part in kind.parts:
                yield from self._part(name, properties, part)
            values = _mapped(properties, kind.fields)
            yield cloud.Resource(kind.type, name, name, _finished(values, node), self._path)

    def _part(self, owner: str, properties: Node, part: Part) -> Iterator[cloud.Resource]:
        """What is a property in CloudFormation and a resource of its own in Terraform."""
        for node in _blocks(properties.value.get(part.source)):
            values = _mapped(node, part.fields)
            values[part.owner] = cloud.reference(owner, "id", node)
            address = f"{owner}.{part.source}"
            yield cloud.Resource(part.type, owner, address, _finished(values, node), self._path)

    def _resolved(self, node: Node) -> Node | None:
        """The value with its functions followed; None where it is left out."""
        value = node.value
        if isinstance(value, dict):
            if len(value) == 1 and (name := next(iter(value))) and _is_function(name):
                return self._followed(name, value[name], node)
            pairs = ((key, self._resolved(child)) for key, child in value.items())
            value = {key: child for key, child in pairs if child is not None}
        elif isinstance(value, list):
            value = [child for item in value if (child := self._resolved(item)) is not None]
        return Node(value, node.first, node.last)

    def _followed(self, name: str, argument: Node, at: Node) -> Node | None:
        target = argument.value
        if name == "Ref" and isinstance(target, str):
            if target == "AWS::NoValue":
                return None
            if target in self._defaults:
                return Node(self._defaults[target].value, at.first, at.last)
            return cloud.reference(target, "id", at) if target in self._resources else _unknown(target, at)
        if name == "Fn::GetAtt" and isinstance(target, list) and len(target) == 2:
            resource, attribute = (part.value for part in target)
            if isinstance(attribute, str) and isinstance(resource, str) and resource in self._resources:
                return cloud.reference(resource, attribute, at)
        if name == "Fn::Sub" and isinstance(target, str) and "${" not in target:
            return Node(target, at.first, at.last)
        return _unknown(f"{name} {target}" if isinstance(target, str) else name, at)


def _unknown(source: str, at: Node) -> Node:
    return cloud.unknown(source, at)


def _is_short(value: Any) -> bool:
    """Something that may be repeated wherever it is referred to."""
    return not isinstance(value, dict | list) and len(str(value)) <= 4096


def _is_function(name: str) -> bool:
    return name in ("Ref", "Condition") or name.startswith("Fn::")


def _members(node: Node | None) -> dict[str, Node]:
    return node.value if node and isinstance(node.value, dict) else {}


def _blocks(node: Node | None) -> list[Node]:
    found = node.value if node and isinstance(node.value, list) else [node]
    return [each for each in found if each and isinstance(each.value, dict) and not cloud.unresolved(each)]


def _mapped(properties: Node, fields: Fields) -> dict[str, Node]:
    """CloudFormation's properties under Terraform's names; what the checks do not need is left out."""
    values: dict[str, Node] = {}
    for source, target in fields.items():
        node = properties.value.get(source)
        if node is None:
            continue
        if isinstance(target, str):
            values[target] = node
        elif cloud.unresolved(node):
            values |= dict.fromkeys(_names(target), node)
        else:
            _add(values, target, node)
    return values


def _names(target: Block | Field | Inner) -> list[str]:
    if not isinstance(target, Inner):
        return [target.name]
    inner = target.fields.values()
    return [name for each in inner for name in ([each] if isinstance(each, str) else _names(each))]


def _add(values: dict[str, Node], target: Block | Field | Inner, node: Node) -> None:
    if isinstance(target, Inner):
        for block in _blocks(node):
            values |= _mapped(block, target.fields)
    elif isinstance(target, Block):
        made = [
            Node(_mapped(block, target.fields), block.first, block.last, block=True)
            for block in _blocks(node)
        ]
        earlier: Any = values[target.name].value if target.name in values else []
        values[target.name] = Node([*earlier, *made], node.first, node.last)
    else:
        value = target.words.get(node.value, node.value) if isinstance(node.value, str | bool) else node.value
        listed = target.listed and not isinstance(value, list)
        values[target.name] = Node([node] if listed else value, node.first, node.last)


def _finished(values: dict[str, Node], node: Node) -> Node:
    return cloud.with_policies(Node(values, node.first, node.last))
