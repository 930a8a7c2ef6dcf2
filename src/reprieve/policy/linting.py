"""What is wrong with a folder of policies, before anything is scanned with it.

A check without an id cannot be named by a record, one without severity always fails the gate, one without a
test is believed blindly; an exception that names what there is not exempts nothing.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec

from reprieve.findings.aliases import names_of
from reprieve.findings.model import Fault
from reprieve.policy import bundle as bundles
from reprieve.policy.bundle import Bundle
from reprieve.policy.check import KIND_OF_SELECTOR, Check, suffix_of
from reprieve.policy.engine import Engine
from reprieve.policy.exceptions import NAMESPACE_PACKAGE, Clause
from reprieve.policy.module import Module
from reprieve.policy.negation import negations
from reprieve.policy.testing import is_test
from reprieve.record.model import Problem, id_number
from reprieve.words import SEVERITIES

_BUILTIN = "builtin."
_KINDS = frozenset(KIND_OF_SELECTOR.values())


class Linted(msgspec.Struct, frozen=True):
    """The outcome."""

    problems: tuple[Problem, ...]
    """By path and line."""
    files: tuple[str, ...]
    """What was looked at."""


def lint(policies: Sequence[Path], data: Sequence[Path] = (), *, builtin: bool = True) -> Linted:
    """Looks through files and folders of Rego.

    Args:
        policies: files and folders.
        data: files and folders that become `data`.
        builtin: whether our checks count among what exceptions may name and ids may collide with.

    Errors: `ReprieveError` for what is not there.
    """
    bundle = bundles.load(policies, data, packs=bundles.PACKS if builtin else (), tests=True)
    files = [str(path) for path in bundles.rego_files(policies, tests=True)]
    return Linted(tuple(sorted(_Lint(bundle, files, builtin=builtin).problems(), key=_place)), tuple(files))


def _place(problem: Problem) -> tuple[str, int, str]:
    return problem.path, problem.line or 0, problem.rule


class _Lint:
    def __init__(self, bundle: Bundle, files: Sequence[str], *, builtin: bool) -> None:
        ours = set(files)
        self._bundle = bundle
        self._builtin = builtin
        self._modules = [module for module in bundle.modules if module.path in ours]
        self._checks = [check for check in bundle.checks if not check.builtin]
        self._clauses = [clause for clause in bundle.clauses if clause.exemption.path in ours]
        self._faults = [fault for fault in bundle.faults if fault.path in ours]

    def problems(self) -> Iterator[Problem]:
        yield from map(_unloaded, self._faults)
        for check in self._checks:
            yield from _said(check)
            if not any(_tests(module, check.package) for module in self._modules):
                yield _problem(
                    check,
                    "check-test",
                    f"no test is about {check.package}",
                    f"rules called test_… in a file {Path(check.path).stem}_test.rego; "
                    "run by: reprieve policy test",
                    "warning",
                )
        yield from _duplicates(self._bundle.checks)
        yield from self._silent()
        for module in self._modules:
            if not bundles.is_ours(module.path):  # ours are written for this engine
                yield from _negations(module)
        for clause in self._clauses:
            yield from self._exception(clause)

    def _silent(self) -> Iterator[Problem]:
        """Packages without a rule that reports, an exception or a test, and that no other one mentions."""
        reporting = {check.package for check in self._checks}
        by_package: defaultdict[str, list[Module]] = defaultdict(list)
        for module in self._modules:
            by_package[module.package].append(module)
        for package, group in by_package.items():
            busy = any(
                rule.name == "exception" or is_test(rule.name) or (suffix_of(rule.name) is not None)
                for module in group
                for rule in module.rules
            )
            others = (module for module in self._modules if module.package != package)
            if busy or package in reporting or any(_mentions(module, package) for module in others):
                continue
            yield Problem(
                rule="reports-nothing",
                message=f"{package} reports nothing, and no other package uses it",
                path=group[0].path,
                line=group[0].package_line,
                hint="rules that report are called deny, violation or warn, or begin so: deny_root",
                level="warning",
            )

    def _exception(self, clause: Clause) -> Iterator[Problem]:
        exemption = clause.exemption
        if exemption.record is not None and id_number(exemption.record) is None:
            yield Problem(
                rule="exception-record",
                message=f"the exception cites {exemption.record!r}, which is no id of a record",
                path=exemption.path,
                line=exemption.line,
                hint="ids are written EXC-007",
            )
        names = sorted(visible_names(clause))
        known = self._packages() if clause.by_namespace else self._suffixes(clause.package)
        for name in names:
            if name in known or (name.startswith(_BUILTIN) and clause.by_namespace and not self._builtin):
                continue
            what = "package that reports something" if clause.by_namespace else f"rule of {clause.package}"
            yield Problem(
                rule="exception-names",
                message=f"the exception names {name!r}, and there is no such {what}",
                path=exemption.path,
                line=exemption.line,
                hint=_meant(name, known, clause),
                level="warning",
            )

    def _packages(self) -> set[str]:
        return set(self._bundle.data.get("namespaces", ()))

    def _suffixes(self, package: str) -> set[str]:
        return {
            rule.suffix for check in self._bundle.checks if check.package == package for rule in check.rules
        }


def _unloaded(fault: Fault) -> Problem:
    """A file that was left out, or a check whose metadata rule cannot be evaluated."""
    metadata = fault.rule is not None or fault.message.startswith("METADATA")
    hint = "a METADATA block is YAML in comments: https://www.openpolicyagent.org/docs/policy-language"
    return Problem(
        rule="metadata" if metadata else "syntax",
        message=fault.message,
        path=fault.path,
        line=fault.line,
        hint=hint if metadata else "nothing of this file is used before it parses, as Rego v1 or v0",
    )


def _said(check: Check) -> Iterator[Problem]:
    """What a check does not say of itself, or says in words that mean nothing."""
    if not check.identified:
        hint = "above the package, # METADATA with custom: {id: USR001}; or id in __rego_metadata__"
        yield _problem(check, "check-id", f"{check.package} has no id: no record can name it", hint)
    if check.severity is None:
        hint = f"custom: {{severity: HIGH}}; one of {', '.join(SEVERITIES[:-1])}"
        message = f"{check.package} has no severity: what it denies is `unknown`, and always fails"
        yield _problem(check, "check-severity", message, hint)
    elif check.severity == "unknown":
        hint = f"one of {', '.join(SEVERITIES[:-1])}"
        yield _problem(check, "metadata", f"the severity of {check.package} is none that is known", hint)
    if not check.title:
        hint = "title: a line that says what is wrong"
        yield _problem(check, "check-title", f"{check.package} has no title", hint, "warning")
    for selector in check.selectors:
        if selector.kind not in _KINDS:
            message = f"{check.package} looks at inputs of type {selector.kind!r}, of which there are none"
            yield _problem(check, "metadata", message, f"one of {', '.join(KIND_OF_SELECTOR)}")


def _negations(module: Module) -> Iterator[Problem]:
    """What exempts, or finds, other than it would in OPA."""
    for line, _, reference in negations(module):
        yield Problem(
            rule="negation",
            message=f"true where {reference} is missing, and undefined in OPA",
            path=module.path,
            line=line,
            hint=f"say `{reference}` before it, or `not {reference}` in a rule of its own",
            level="warning",
        )


def _duplicates(checks: Sequence[Check]) -> Iterator[Problem]:
    """Custom checks that go by a name that another check has, in any spelling."""
    holders: dict[str, Check] = {}
    for check in sorted(checks, key=lambda check: not check.builtin):
        names = names_of(check.id, check.aliases) if check.identified else ()
        other = next((holders[name] for name in names if name in holders), None)
        for name in names:
            holders.setdefault(name, check)
        if other is not None and not check.builtin:
            message = f"{check.id} is {other.package} already, at {other.path}:{other.line}"
            hint = "an exception for one of them would be one for both"
            yield _problem(check, "duplicate-id", message, hint)


def _problem(check: Check, rule: str, message: str, hint: str, level: str = "error") -> Problem:
    return Problem(
        rule=rule,
        message=message,
        path=check.path,
        line=check.line,
        hint=hint,
        level="warning" if level == "warning" else "error",
    )


def _tests(module: Module, package: str) -> bool:
    """Whether a file holds tests that are about a package, by its name or by an import."""
    holds = any(is_test(rule.name) for rule in module.rules)
    return holds and (module.package in (package, f"{package}_test") or _mentions(module, package))


def _mentions(module: Module, package: str) -> bool:
    return re.search(rf"\bdata\.{re.escape(package)}(?!\w)", module.text) is not None


def _meant(name: str, known: Iterable[str], clause: Clause) -> str:
    if not clause.by_namespace:
        suffix = suffix_of(name)
        if suffix is not None and suffix in known:
            return f'exceptions name the suffix of a rule: "{suffix}" for {name}'
        return f"its rules: {', '.join(repr(one) for one in sorted(known)) or 'none'}"
    if name.removeprefix("data.") in known:
        return f'without "data.": "{name.removeprefix("data.")}"'
    return f"names of packages without data., as in findings: {NAMESPACE_PACKAGE} exempts whole packages"


def visible_names(clause: Clause) -> frozenset[str]:
    """The packages or suffixes that a clause names in so many words; what it works out is not seen.

    Seen are `exception contains "user"`, and a variable that is made one of some texts by `:=`, `=`, `==`
    or `some … in`. Suffixes stand in lists: `exception contains ["foo"]`.
    """
    engine = Engine()
    engine.add_module(clause.exemption.path, clause.text, v0=clause.v0)
    rule = engine.syntax()[0]["ast"]["rules"][0].get("Spec", {})
    head: dict[str, Any] = next(iter(rule.get("head", {}).values()), {})
    found: set[str] = set()
    for node in _values(head.get("key") or {}, rule):
        found.update(_texts([node]) if clause.by_namespace else _texts(_items(node)))
    return frozenset(found)


def _values(node: dict[str, Any], rule: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """A node, or what its body makes of the variable that it is."""
    name = _variable(node)
    if name is None:
        yield node
        return
    for body in rule.get("bodies", ()):
        for statement in body["query"]["stmts"]:
            for kind, literal in statement["literal"].items():
                if kind == "SomeIn" and _variable(literal["value"]) == name:
                    yield from _items(literal["collection"])
                elif kind == "Expr":
                    yield from _equals(literal["expr"], name)


def _equals(expression: dict[str, Any], name: str) -> Iterator[dict[str, Any]]:
    for kind, node in expression.items():
        if kind != "AssignExpr" and not (kind == "BoolExpr" and node["op"] == "Eq"):
            continue
        for one, other in ((node["lhs"], node["rhs"]), (node["rhs"], node["lhs"])):
            if _variable(one) == name:
                element = other.get("RefBrack")
                yield from _items(element["refr"]) if element else [other]


def _variable(node: dict[str, Any]) -> str | None:
    name = node.get("Var", {}).get("value")
    return name if isinstance(name, str) else None


def _items(node: dict[str, Any]) -> list[dict[str, Any]]:
    """The members of a list or set that is written out."""
    for kind in ("Array", "Set"):
        if kind in node:
            return list(node[kind]["items"])
    return []


def _texts(nodes: Iterable[dict[str, Any]]) -> Iterator[str]:
    for node in nodes:
        for kind in ("String", "RawString"):
            if kind in node and isinstance(node[kind]["value"], str):
                yield node[kind]["value"]
