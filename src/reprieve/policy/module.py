"""One Rego file, as far as we need to know it: its package, its rules, and the annotations above them."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from typing import Any

import msgspec

from reprieve.policy.annotations import Annotations, annotations_of
from reprieve.policy.engine import Engine, RegoError


class Rule(msgspec.Struct, frozen=True):
    """One clause of a rule: several clauses may share a name."""

    name: str
    line: int
    start: int
    """Offset of its first byte in the file."""
    end: int
    default: bool = False
    constant: bool = True
    """False for functions."""


class Module(msgspec.Struct, frozen=True):
    """A parsed file."""

    path: str
    text: str
    v0: bool
    package: str
    """Without `data.`: `builtin.kubernetes.KSV012`."""
    package_line: int
    rules: tuple[Rule, ...]
    frame: tuple[tuple[int, int], ...]
    """Where the package clause and the imports are, as offsets of bytes."""
    annotations: dict[int, Annotations]
    """By the line of the package or rule that they stand above."""

    def names(self) -> tuple[str, ...]:
        """Each rule's name once, in order; functions left out."""
        return tuple(dict.fromkeys(rule.name for rule in self.rules if rule.constant))

    def about_package(self) -> Annotations:
        """The annotations of the package, empty where it has none."""
        return self.annotations.get(self.package_line, {})


def digest_of(text: str) -> str:
    """A name for the text of a module."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


_V1 = re.compile(r"^\s*import\s+rego\.v1\b", re.MULTILINE)


def parse(path: str, text: str) -> Module:
    """A module from its text, in whichever syntax it is written: v1 first, then v0.

    Errors: `RegoError` with the place, of v1 unless only v0 could have been meant.
    """
    try:
        return _parse(path, text, v0=False)
    except RegoError as v1:
        if _V1.search(text):
            raise
        try:
            return _parse(path, text, v0=True)
        except RegoError as v0:
            raise max(v1, v0, key=lambda error: (error.line or 0, error.column or 0)) from None


def _parse(path: str, text: str, *, v0: bool) -> Module:
    engine = Engine()
    engine.add_module(path, text, v0=v0)
    tree = engine.syntax()[0]["ast"]
    package = tree["package"]
    return Module(
        path=path,
        text=text,
        v0=v0,
        package=_package(path, package),
        package_line=package["span"]["line"],
        rules=tuple(_rules(tree["rules"], text.encode())),
        frame=tuple((part["span"]["start"], part["span"]["end"]) for part in (package, *tree["imports"])),
        annotations=annotations_of(path, text),
    )


def _package(path: str, tree: dict[str, Any]) -> str:
    parts = list(_steps(tree["refr"]))
    for part in parts:
        if not part.isidentifier():
            message = f"a package name has letters, digits and _ only, not '{part}'"
            raise RegoError(message, path, tree["span"]["line"], tree["span"]["col"])
    return ".".join(parts)


def _rules(trees: list[dict[str, Any]], source: bytes) -> Iterator[Rule]:
    for tree in trees:
        ((kind, rule),) = tree.items()
        head = rule if kind == "Default" else next(iter(rule["head"].values()))
        span = rule["span"]
        # A partial object or set can be written `name[key]`, `name.key` or `name contains key`.
        name = next(_steps(head["refr"]))
        function = "Func" in rule.get("head", {})
        end = max([span["end"], *(body["span"]["end"] for body in rule.get("bodies", ()))])
        end += source[end : end + 1] in (b'"', b"`")  # the engine's place of a text is without its quotes
        yield Rule(name, span["line"], span["start"], end, kind == "Default", not function)


def _steps(reference: dict[str, Any]) -> Iterator[str]:
    """The parts of a dotted reference."""
    ((kind, node),) = reference.items()
    if kind == "Var":
        yield _text(node["value"])
        return
    yield from _steps(node["refr"])
    if kind == "RefDot":
        yield node["field"][1]
    else:
        index = next(iter(node["index"].values()))
        yield _text(index.get("value", "")) if isinstance(index, dict) else ""


def _text(value: Any) -> str:
    return value if isinstance(value, str) else str(value)
