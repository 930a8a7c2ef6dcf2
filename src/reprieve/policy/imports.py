"""Imports of other packages, written out where they are used.

The engine evaluates every rule of a package as soon as one is used by an import (`import data.user` and
`user.deny`), and only that rule when it is named in full (`data.user.deny`). The value is the same; what is
evaluated, and so covered by a test, is not.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from reprieve.policy.engine import Engine, RegoError
from reprieve.policy.module import Module


def written_out(module: Module) -> str:
    """The text of a module with each use of an imported package named in full; no line moves."""
    if "import data." not in module.text:
        return module.text
    source = module.text.encode()
    tree = _tree(module, module.text)
    if tree is None:
        return module.text
    full = dict(_imported(tree["imports"], source))
    places = {place for rule in tree["rules"] for place in _uses(rule, frozenset(full))}
    if not places:
        return module.text
    for start, end in sorted(places, reverse=True):
        source = source[:start] + full[source[start:end].decode()] + source[end:]
    text = source.decode()
    return text if _tree(module, text) else module.text


def _tree(module: Module, text: str) -> dict[str, Any] | None:
    engine = Engine()
    try:
        engine.add_module(module.path, text, v0=module.v0)
    except RegoError:
        return None
    tree: dict[str, Any] = engine.syntax()[0]["ast"]
    return tree


def _imported(imports: list[dict[str, Any]], source: bytes) -> Iterator[tuple[str, bytes]]:
    """The name in the module, and the reference that it stands for, of imports from `data`."""
    for one in imports:
        field = one["refr"].get("RefDot")
        if field is None:
            continue
        span = field["span"]
        alias = one.get("as") or field["field"][0]
        reference = source[span["start"] : span["end"]]
        if reference.startswith(b"data."):
            yield source[alias["start"] : alias["end"]].decode(), reference


def _uses(node: Any, names: frozenset[str]) -> Iterator[tuple[int, int]]:
    """Where a reference begins with one of these names."""
    if isinstance(node, list):
        for item in node:
            yield from _uses(item, names)
    elif isinstance(node, dict):
        for kind, child in node.items():
            if kind in ("RefDot", "RefBrack"):
                variable = child["refr"].get("Var")
                if variable is not None and variable["value"] in names:
                    yield variable["span"]["start"], variable["span"]["end"]
            yield from _uses(child, names)
