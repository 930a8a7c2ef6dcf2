"""The rules of some modules, by name, before they are translated."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import msgspec

from reprieve.policy.engine import Engine
from reprieve.policy.module import Module
from reprieve.policy.native.syntax import Node, flat, imported


class Rule(msgspec.Struct):
    """All clauses of one name."""

    package: str
    name: str
    kind: str
    """`value`, `function`, `set`, or `object`, of values or sets."""
    clauses: list[Node] = []
    default: Node | None = None
    module: Module | None = None
    code: list[str] = []
    asks: set[str] = msgspec.field(default_factory=set)
    """The rules that it asks for, and what else it rests on: `input`, `data.x`."""

    @property
    def full(self) -> str:
        """`builtin.lib.kubernetes.kind`."""
        return f"{self.package}.{self.name}"

    @property
    def always(self) -> bool:
        """Whether it has a value whatever the document."""
        return self.kind == "set" or self.kind.startswith("object") or self.default is not None


class Program:
    """All rules of some modules, translated as they are asked for."""

    def __init__(self, modules: Sequence[Module]) -> None:
        self.rules: dict[str, Rule] = {}
        self.packages: defaultdict[str, set[str]] = defaultdict(set)
        self._imports: dict[str, dict[str, str]] = {}
        for module in modules:
            engine = Engine()
            engine.add_module(module.path, module.text, v0=module.v0)
            tree = engine.syntax()[0]["ast"]
            self._imports[module.path] = dict(imported(tree["imports"], module))
            for node in tree["rules"]:
                self._add(module, node)

    def _add(self, module: Module, node: Node) -> None:
        ((form, body),) = node.items()
        if form == "Default":
            head, kind = body, "value"
        else:
            ((shape, head),) = body["head"].items()
            kind = {"Func": "function", "Set": "set", "Compr": "value"}[shape]
        steps = flat(head["refr"])
        name = steps[0]
        if len(steps) > 1:
            kind = f"object of {kind}s"
        assert isinstance(name, str)  # noqa: S101
        rule = self.rules.setdefault(
            f"{module.package}.{name}", Rule(module.package, name, kind, module=module)
        )
        self.packages[module.package].add(name)
        if form == "Default":
            rule.default = body["value"]
        else:
            if rule.kind != kind or rule.module is not module:
                rule.kind = "mixed"
            rule.clauses.append(body)

    def imports(self, rule: Rule) -> dict[str, str]:
        """Name -> package."""
        assert rule.module is not None  # noqa: S101
        return self._imports[rule.module.path]


def function_name(full: str) -> str:
    """What a rule is called in Python."""
    return "r_" + full.removeprefix("builtin.").replace(".", "_")
