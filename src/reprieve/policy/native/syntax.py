"""The syntax tree of Rego as the engine gives it: what is asked of its nodes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from reprieve.policy.module import Module

Node = dict[str, Any]


class Untranslatable(Exception):  # noqa: N818  (no error: the engine evaluates it)
    """What is not of the part of the language that is translated."""


def imported(imports: Sequence[Node], module: Module) -> Iterator[tuple[str, str]]:
    """The name in a module, and the package that it stands for."""
    source = module.text.encode()
    for one in imports:
        steps = flat(one["refr"])
        alias = one.get("as")
        name = source[alias["start"] : alias["end"]].decode() if alias else steps[-1]
        if steps[0] == "data":
            yield str(name), ".".join(map(str, steps[1:]))


def flat(node: Node) -> list[str | Node]:
    """A reference as its first name and its steps: texts, and expressions for what is in brackets."""
    ((kind, inner),) = node.items()
    if kind == "Var":
        return [str(inner["value"])]
    if kind == "RefDot":
        return [*flat(inner["refr"]), inner["field"][1]]
    if kind == "RefBrack":
        return [*flat(inner["refr"]), inner["index"]]
    return [node]


def constant(step: str | Node) -> str | None:
    """The text that a step is; None of any other."""
    if isinstance(step, str):
        return step
    ((kind, inner),) = step.items()
    return inner["value"] if kind in ("String", "RawString") and isinstance(inner["value"], str) else None


def texts_of(node: Node) -> list[str] | None:
    """The members of a set of constant texts; None of any other."""
    items = node.get("Set", {}).get("items")
    if not items:
        return None
    texts = [constant(item) if next(iter(item)) in ("String", "RawString") else None for item in items]
    return None if None in texts else [text for text in texts if text is not None]


def arguments_of(clause: Node) -> list[str]:
    """The names of a function's arguments in Python."""
    head = next(iter(clause["head"].values()))
    return [f"a{number}" for number, _ in enumerate(head.get("args", ()))]


def gives_true(clause: Node) -> bool:
    """Whether the value of a clause is true wherever it holds."""
    head = next(iter(clause["head"].values()))
    return head.get("assign") is None and all(body["assign"] is None for body in clause["bodies"])
