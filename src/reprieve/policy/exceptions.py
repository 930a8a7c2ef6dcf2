"""Exceptions written in Rego: which rules they exempt, each clause by itself.

Two kinds, as in Trivy up to v0.56 and (the second) conftest:

- namespace-based: rule `exception` of package `namespace.exceptions` gives names of packages;
- rule-based: rule `exception` of a check's own package gives lists of rule-name suffixes: `foo` exempts
  `deny_foo`, the empty string the bare `deny`.

Several clauses may share the name, and each may cite a record of its own, so a clause is evaluated alone:
as a module that is its file with everything else blanked out, so that lines stay what they are.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from reprieve.findings.model import Exemption
from reprieve.policy.check import suffix_of
from reprieve.policy.module import Module, Rule

NAMESPACE_PACKAGE = "namespace.exceptions"
_RULE = "exception"


class Clause(msgspec.Struct, frozen=True):
    """One clause of an `exception` rule."""

    exemption: Exemption
    package: str
    rule: str
    """The name under which it is evaluated alone, in its package."""
    text: str
    """The module that holds it alone."""
    v0: bool

    @property
    def written(self) -> str:
        """The rule as its file has it."""
        return f"data.{self.package}.{_RULE}"

    @property
    def by_namespace(self) -> bool:
        """Whether it names packages rather than rules."""
        return self.package == NAMESPACE_PACKAGE


def clauses_of(module: Module, first: int) -> Iterator[Clause]:
    """The exception clauses of a module. `first` is the number that the first of them gets."""
    rules = [rule for rule in module.rules if rule.name == _RULE and rule.constant and not rule.default]
    for number, rule in enumerate(rules, start=first):
        name = f"reprieve_exception_{number}"
        exemption = Exemption(module.path, rule.line, module.package, _record(module, rule))
        yield Clause(exemption, module.package, name, _alone(module, rule, name), module.v0)


def _record(module: Module, rule: Rule) -> str | None:
    """The record that a clause cites: of its own annotation, of one with `scope: document` on a clause of the
    same name, of its package's; the nearest counts.

    What is no text is cited as it is written, and so as a record that there is not: it was meant to be one.
    """
    clauses = (module.annotations.get(other.line, {}) for other in module.rules if other.name == rule.name)
    shared = (about for about in clauses if about.get("scope") == "document")
    for about in (module.annotations.get(rule.line, {}), *shared, module.about_package()):
        custom = about.get("custom")
        if isinstance(custom, dict) and "exception" in custom:
            return str(custom["exception"]).strip() or '""'
    return None


def _alone(module: Module, rule: Rule, name: str) -> str:
    source = module.text.encode()
    kept = bytearray(b if b in b"\r\n" else 0x20 for b in source)
    for start, end in (*module.frame, (rule.start, rule.end)):
        kept[start:end] = source[start:end]
    kept[rule.start : rule.start + len(_RULE)] = name.encode()
    return kept.decode()


def names_in(value: Any, *, by_namespace: bool) -> frozenset[str]:
    """The packages or suffixes that a clause's value names: `exception[_]`, or `exception[_][_]`."""
    members = _members(value)
    if not by_namespace:
        members = [inner for member in members for inner in _members(member)]
    return frozenset(member for member in members if isinstance(member, str))


def exempts(suffix: str, rule: str, *, trivy: bool) -> bool:
    """Whether a suffix in a rule-based exception exempts a rule of that name.

    Exact, as conftest has it. With `trivy`, as Trivy had it: any rule whose name ends so, and so every rule
    for the empty string.
    """
    return rule.endswith(suffix) if trivy else suffix_of(rule) == suffix


def _members(value: Any) -> list[Any]:
    if isinstance(value, list):
        return value
    return list(value.values()) if isinstance(value, dict) else []
