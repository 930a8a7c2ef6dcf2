"""What rules gave for a document, as results: which check said what, which exception clauses exempt it."""

from __future__ import annotations

from collections.abc import Sequence, Set
from typing import Any

import msgspec

from reprieve.findings.model import Fault
from reprieve.policy.bundle import Bundle
from reprieve.policy.check import Check, Reporting
from reprieve.policy.exceptions import exempts, names_in
from reprieve.policy.functions import Causes
from reprieve.policy.native.values import Found

_encode = msgspec.json.Encoder().encode

Value = tuple[str, Any]
"""What a value is for, and the value."""


class Result(msgspec.Struct, frozen=True):
    """One thing that one rule said of one document."""

    check: int
    """Which of `Bundle.checks`."""
    rule: int
    """Which of `Check.rules`."""
    message: str
    cause: Any = None
    """The offending element, as it is in the input; or what the result says of its place."""
    clauses: tuple[int, ...] = ()
    """Which of `Bundle.clauses` exempt it."""


class Evaluated(msgspec.Struct, frozen=True):
    """What all checks said of one document."""

    results: list[Result]
    passed: int
    """Checks that applied and said nothing."""
    exempt: dict[int, tuple[int, int]]
    """Clause -> results that it exempts, rules that it exempts and that said nothing."""
    named: dict[int, frozenset[str]]
    """Clause -> the names it gave."""
    faults: list[Fault]
    checks: tuple[int, ...] = ()
    """Those that applied."""


class Reading:
    """Reads what the rules of a bundle gave."""

    def __init__(self, bundle: Bundle, causes: Causes, *, trivy: bool) -> None:
        self._bundle = bundle
        self._causes = causes
        self._trivy = trivy
        self._rules = [
            [
                (f"c{number}.{position}", position, rule, f"data.{check.package}.{rule.name}")
                for position, rule in enumerate(check.rules)
            ]
            for number, check in enumerate(bundle.checks)
        ]
        self._check_of = {key: number for number, rules in enumerate(self._rules) for key, *_ in rules}

    def of(
        self, checks: Sequence[int], found: Sequence[Value], crashed: dict[str, Fault], disabled: Set[str]
    ) -> Evaluated:
        """What was said of one document.

        Args:
            checks: those that apply to it, by their number in the bundle.
            found: what the rules of these checks and the exception clauses gave.
            crashed: rules that could not be evaluated, and why.
            disabled: rules that were not to be.
        """
        values = dict(found)
        named = {
            int(key[1:]): names_in(value, by_namespace=self._bundle.clauses[int(key[1:])].by_namespace)
            for key, value in found
            if key[0] == "e"
        }
        failed = crashed.keys() | disabled
        results: list[Result] = []
        exempt: dict[int, tuple[int, int]] = {}
        # Where nothing is exempted and nothing failed, the checks that nothing was said of have passed.
        speaking = checks if named or failed else sorted({self._check_of[key] for key, _ in found})
        passed = len(checks) - len(speaking)
        for number in speaking:
            check = self._bundle.checks[number]
            silent = True
            for key, position, rule, full in self._rules[number]:
                said = self._results(check, rule, values.get(key))
                broken = full in failed
                silent = silent and not said and not broken
                clauses = self._exempting(check, rule, named) if named else ()
                results += [Result(number, position, message, cause, clauses) for message, cause in said]
                for clause in () if broken else clauses:
                    failing, passing = exempt.get(clause, (0, 0))
                    exempt[clause] = (failing + len(said), passing + (not said))
            passed += silent
        return Evaluated(results, passed, exempt, named, list(crashed.values()), tuple(checks))

    def _exempting(self, check: Check, rule: Reporting, named: dict[int, frozenset[str]]) -> tuple[int, ...]:
        found = []
        for number, names in named.items():
            clause = self._bundle.clauses[number]
            if clause.by_namespace:
                exempt = check.package in names
            else:
                exempt = clause.package == check.package and any(
                    exempts(name, rule.name, trivy=self._trivy) for name in names
                )
            if exempt:
                found.append(number)
        return tuple(found)

    def _results(self, check: Check, rule: Reporting, value: Any) -> list[tuple[str, Any]]:
        """Message and cause of each result, each once, in a stable order: by message, then by cause."""
        if value is None or value is False or value == []:
            return []
        items = value if isinstance(value, list) else [value]
        found = [self._said(check, rule, item) for item in items]
        if len(found) == 1:
            return found
        once = {_encode(message): (message, cause) for message, cause in found}
        if len(once) < len(found):
            once = {_encode(one): one for one in found}
        return [once[key] for key in sorted(once)]

    def _said(self, check: Check, rule: Reporting, item: Any) -> tuple[str, Any]:
        if isinstance(item, Found):
            return item.message, item.cause
        message = f"{check.title or check.id}: {rule.name}" if item is True else _message(item)
        cause = self._causes.of(item)
        return message, item if cause is None and isinstance(item, dict) else cause


def _message(item: Any) -> str:
    if isinstance(item, str):
        return item
    if isinstance(item, dict):
        for key in ("msg", "message"):
            if isinstance(item.get(key), str):
                return str(item[key])
    return msgspec.json.encode(item).decode()
