"""Where `not` means another thing in OPA: over a call, or what is like one, of a value that may be missing.

OPA takes the arguments out of the negated expression, so that the line is undefined where one is missing, and
the rule does not hold; here the line is true. `not input.x` and `not input.x == 1` are the same in both (seen
with OPA 1.22).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from reprieve.policy.engine import Engine
from reprieve.policy.module import Module

Node = dict[str, Any]

_REFERENCES = ("RefDot", "RefBrack")
_OWN_QUERY = ("ArrayCompr", "SetCompr", "ObjectCompr")


class Negated(NamedTuple):
    """One reference under a `not`."""

    line: int
    column: int
    reference: str
    """As it is written: `input.spec.replicas`."""


def negations(module: Module) -> list[Negated]:
    """The references of a module that nothing before them in the same body says to be there."""
    engine = Engine()
    engine.add_module(module.path, module.text, v0=module.v0)
    tree = engine.syntax()[0]["ast"]
    return sorted(set(_Negations(module, tree).found(tree["rules"])))


class _Negations:
    def __init__(self, module: Module, tree: Node) -> None:
        self._source = module.text.encode()
        defaults = {rule.name for rule in module.rules if rule.default}
        partial = set(_partial(tree["rules"]))
        self._imports = set(self._imported(tree["imports"]))
        self._values = {rule.name for rule in module.rules if rule.constant} - defaults - partial
        """Rules that may be undefined."""

    def _imported(self, imports: list[Node]) -> Iterator[str]:
        for one in imports:
            alias = one.get("as")
            yield self._text(alias) if alias else self._text(one["refr"]["RefDot"]["span"]).rpartition(".")[2]

    def found(self, node: Any) -> Iterator[Negated]:
        """Those of every query in a tree."""
        if isinstance(node, list):
            for item in node:
                yield from self.found(item)
        elif isinstance(node, dict):
            if isinstance(node.get("stmts"), list):
                yield from self._query(node["stmts"])
            for child in node.values():
                yield from self.found(child)

    def _query(self, statements: list[Node]) -> Iterator[Negated]:
        there: set[str] = set()
        for statement in statements:
            ((kind, inner),) = statement["literal"].items()
            if kind == "NotExpr":
                for one in self._missing(inner["expr"], inside=False):
                    if not any(_says(text, one.reference) for text in there):
                        yield one
            else:
                there.update(self._references(inner))

    def _missing(self, node: Any, *, inside: bool) -> Iterator[Negated]:
        """References that may be undefined; `inside` what OPA would work out before the negation."""
        ((kind, inner),) = node.items()
        if kind in _OWN_QUERY:
            return
        if kind == "Call":
            for parameter in inner["params"]:
                yield from self._missing(parameter, inside=True)
        elif kind in _REFERENCES:
            if inside and self._may_be_missing(node):
                span = inner["span"]
                yield Negated(span["line"], span["col"], self._text(span))
            if kind == "RefBrack":
                yield from self._missing(inner["index"], inside=True)
            yield from self._missing(inner["refr"], inside=False)
        elif kind == "Var":
            if inside and inner["value"] in self._values:
                yield Negated(inner["span"]["line"], inner["span"]["col"], inner["value"])
        else:
            alike = kind == "AssignExpr" or (kind == "BoolExpr" and inner["op"] == "Eq")
            for child in _children(inner):
                yield from self._missing(child, inside=inside or not alike)

    def _may_be_missing(self, node: Node) -> bool:
        """Whether it is a field of something, and not a rule of another package."""
        while next(iter(node)) in _REFERENCES:
            node = next(iter(node.values()))["refr"]
        root = node.get("Var", {}).get("value")
        return root is not None and root != "data" and root not in self._imports

    def _references(self, node: Any) -> Iterator[str]:
        if isinstance(node, list):
            for item in node:
                yield from self._references(item)
        elif isinstance(node, dict):
            for kind, child in node.items():
                if kind in (*_REFERENCES, "Var") and isinstance(child, dict):
                    yield self._text(child["span"])
                if kind not in _OWN_QUERY:
                    yield from self._references(child)

    def _text(self, span: Node) -> str:
        return self._source[span["start"] : span["end"]].decode()


def _says(text: str, reference: str) -> bool:
    """Whether a reference that is there says that another is: itself, or what it is a field of."""
    return text == reference or text.startswith((f"{reference}.", f"{reference}["))


def _children(inner: Node) -> Iterator[Node]:
    """The expressions that an expression is made of."""
    for value in inner.values():
        for child in value if isinstance(value, list) else [value]:
            parts = child if isinstance(child, list) else [child]
            for part in parts:
                if isinstance(part, dict) and len(part) == 1 and next(iter(part))[:1].isupper():
                    yield part


def _partial(rules: list[Node]) -> Iterator[str]:
    """The names of rules that are sets or objects, which are always there."""
    for rule in rules:
        head = rule.get("Spec", {}).get("head", {})
        name = _name(next(iter(head.values()))["refr"]) if head else ""
        if "Set" in head or (head and "Var" not in next(iter(head.values()))["refr"]):
            yield name


def _name(reference: Node) -> str:
    while "Var" not in reference:
        reference = next(iter(reference.values()))["refr"]
    return str(reference["Var"]["value"])
