"""Checks over one document: which rules report what, and which exception clauses exempt them.

All that applies to a document is one rule, so that facts which checks share are worked out once. Where that
fails, each rule is tried alone: the one that is broken is named, and the others still count. Checks of ours
that there are in Python are evaluated there, and by the engine only where Python is not sure.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from typing import Any

import msgspec

from reprieve.findings.model import Fault
from reprieve.policy.bundle import Bundle
from reprieve.policy.check import Check
from reprieve.policy.engine import Engine, RegoError
from reprieve.policy.functions import Causes, functions
from reprieve.policy.module import Module
from reprieve.policy.native.packs import PACKS, Native, Rule, native_of, pack_of
from reprieve.policy.native.values import Unsure
from reprieve.policy.results import Evaluated, Reading, Value

_RUN = "reprieve_run"
_METADATA = re.compile(r"\brego\.metadata\.(rule|chain)\(\)")


_encode = msgspec.json.Encoder().encode

Entry = tuple[str, str]
"""What a value is for (`c3.0`: rule 0 of check 3; `e1`: clause 1), and the rule that gives it."""


class Shape(msgspec.Struct, frozen=True):
    """What decides which checks apply: kind of input, format of file, kind of Kubernetes object."""

    kind: str
    format: str = ""
    object: str = ""


ANYTHING = Shape("*")
"""All documents at once, for checks that ask for that and for no kind."""


class Evaluator:
    """An engine with a bundle in it."""

    def __init__(
        self,
        bundle: Bundle,
        *,
        trivy: bool = False,
        about_to: Callable[[str], object] = lambda _: None,
        python: bool = True,
    ) -> None:
        """Compiles nothing yet.

        Args:
            bundle: what to evaluate.
            trivy: whether exceptions are read as Trivy read them.
            about_to: is told of each rule that is evaluated alone.
            python: whether checks of ours that there are in Python are evaluated there.
        """
        self._bundle = bundle
        self._about_to = about_to
        self._causes = Causes()
        self._reading = Reading(bundle, self._causes, trivy=trivy)
        self._packs: dict[str, Native | None] = {} if python else dict.fromkeys(PACKS)
        self._selections: dict[Shape, _Selection] = {}
        self._by_rules: dict[tuple[int, ...], _Selection] = {}
        self._disabled: frozenset[str] = frozenset()
        self._suspects: set[str] = set()
        self._compilations = 0

    @functools.cached_property
    def _engine(self) -> Engine:
        """Made when something is to be evaluated that is not in Python."""
        engine = Engine(functions(self._causes))
        engine.add_data(self._bundle.data)
        for module in self._bundle.modules:
            engine.add_module(module.path, resolved(module), v0=module.v0)
        for clause in self._bundle.clauses:
            engine.add_module(clause.exemption.path, clause.text, v0=clause.v0)
        return engine

    def disable(self, rules: frozenset[str]) -> None:
        """From now on, leaves these rules (`data.user.deny`) out."""
        if rules != self._disabled:
            self._disabled = rules
            self._selections.clear()
            self._by_rules.clear()

    def evaluate(
        self, shape: Shape, document: Any, *, combined: bool = False, alone: bool = False
    ) -> Evaluated:
        """Evaluates what applies.

        Args:
            shape: of the document.
            document: the input, as JSON has it: dicts, lists, str, int, float, bool, None.
            combined: whether it is all documents of a kind at once, for the checks that ask for that.
            alone: whether to try each rule alone from the start; `about_to` hears of each.
        """
        selection = self._selected(
            msgspec.structs.replace(shape, object="*") if combined else shape, combined
        )
        if not selection.checks:
            return Evaluated([], 0, {}, {}, [])
        crashed: dict[str, Fault] = {}
        self._causes.clear()
        if alone:
            self._engine.set_input(_encode(document))
            found = list(self._one_by_one(selection.entries, crashed))
        else:
            found, unsure = self._in_python(selection, document)
            if selection.engine or selection.suspects or unsure:
                self._engine.set_input(_encode(document))
                found += self._one_by_one([*selection.suspects, *unsure], crashed)
                found += self._together(selection, crashed)
        return self._reading.of(selection.checks, found, crashed, self._disabled)

    def _in_python(self, selection: _Selection, document: Any) -> tuple[list[Value], list[Entry]]:
        """What the rules that are in Python say, and those that are to be asked of the engine."""
        found: list[Value] = []
        unsure = []
        if selection.native is not None:
            facts = selection.native.facts(document)
            for entry, rule in selection.python:
                try:
                    said = rule(facts)
                except Unsure:
                    unsure.append(entry)
                else:
                    if said:
                        found.append((entry[0], said))
        return found, unsure

    def _together(self, selection: _Selection, crashed: dict[str, Fault]) -> Iterable[Value]:
        """What the other rules say, all at once; where one of them fails, one by one."""
        if not selection.engine:
            return ()
        try:
            return [(key, value) for key, value in self._engine.evaluate(f"data.{_RUN}.{selection.rule}")]
        except RegoError:
            before = set(crashed)
            found = list(self._one_by_one(selection.engine, crashed))
            self._suspect(crashed.keys() - before)
            return found

    def _selected(self, shape: Shape, combined: bool) -> _Selection:
        selection = self._selections.get(shape)
        if selection is None:
            checks = tuple(
                number
                for number, check in enumerate(self._bundle.checks)
                if check.combine == combined and applies(check, shape)
            )
            selection = self._by_rules.get(checks) or self._compiled(checks)
            self._selections[shape] = self._by_rules[checks] = selection
        return selection

    def _compiled(self, checks: tuple[int, ...]) -> _Selection:
        """Adds the rule that evaluates these checks, and every exception that could be about them."""
        self._compilations += 1
        name = f"selection_{self._compilations}"
        packages = {self._bundle.checks[number].package for number in checks}
        entries = [
            (f"c{number}.{position}", f"data.{self._bundle.checks[number].package}.{rule.name}")
            for number in checks
            for position, rule in enumerate(self._bundle.checks[number].rules)
        ]
        entries += [
            (f"e{number}", f"data.{clause.package}.{clause.rule}")
            for number, clause in enumerate(self._bundle.clauses)
            if clause.by_namespace or clause.package in packages
        ]
        entries = [(key, rule) for key, rule in entries if rule not in self._disabled]
        native = self._native(checks)
        ours: Mapping[str, Rule] = native.rules if native else {}
        python = [(entry, ours[entry[1]]) for entry in entries if entry[1] in ours]
        others = [entry for entry in entries if entry[1] not in ours]
        suspects = [entry for entry in others if entry[1] in self._suspects]
        engine = [entry for entry in others if entry[1] not in self._suspects]
        if engine:
            lines = [f'{name} contains ["{key}", {rule}]' for key, rule in engine]
            text = "\n".join((f"package {_RUN}", "import rego.v1", *lines))
            self._engine.add_module(f"{name}.rego", text, v0=False)
        return _Selection(name, checks, entries, native, python, engine, suspects)

    def _native(self, checks: tuple[int, ...]) -> Native | None:
        """What evaluates in Python those of the checks that are ours; they are all of one pack."""
        packs = (
            pack_of(check.path) for check in map(self._bundle.checks.__getitem__, checks) if check.builtin
        )
        pack = next((pack for pack in packs if pack), "")
        if pack not in self._packs:
            self._packs[pack] = native_of(self._bundle, pack)
        return self._packs[pack]

    def _suspect(self, rules: Set[str]) -> None:
        """Rules that crashed once are tried apart from now on, so that the others go together again."""
        if not rules <= self._suspects:
            self._suspects |= rules
            self._selections.clear()
            self._by_rules.clear()

    def _one_by_one(self, entries: Sequence[Entry], crashed: dict[str, Fault]) -> Iterable[Value]:
        for key, rule in entries:
            self._about_to(rule)
            try:
                value = self._engine.evaluate(rule)
            except RegoError as error:
                name = self._bundle.clauses[int(key[1:])].written if key.startswith("e") else rule
                path = error.path or self._path_of(key)  # some errors name no place
                crashed[rule] = Fault(path, error.message, error.line, error.column, name)
            else:
                if value is not None:
                    yield key, value

    def _path_of(self, key: str) -> str:
        if key.startswith("e"):
            return self._bundle.clauses[int(key[1:])].exemption.path
        check, _, rule = key[1:].partition(".")
        return self._bundle.checks[int(check)].rules[int(rule)].path


class _Selection(msgspec.Struct, frozen=True):
    rule: str
    checks: tuple[int, ...]
    entries: list[Entry]
    native: Native | None
    python: list[tuple[Entry, Rule]]
    """Those of the entries that are evaluated in Python, and how."""
    engine: list[Entry]
    """Those that the engine evaluates at once."""
    suspects: list[Entry]
    """Those that it evaluates one by one."""


def applies(check: Check, shape: Shape) -> bool:
    """Whether a check looks at documents of this shape."""
    if not check.selectors:
        if check.combine:
            return shape.kind == ANYTHING.kind
        return shape.kind != "cloud"  # ours alone, and of files that are there as themselves too
    return any(
        selector.kind in (shape.kind, shape.format)
        and (
            shape.object == "*"
            or not selector.kinds
            or shape.object.lower() in map(str.lower, selector.kinds)
        )
        for selector in check.selectors
    )


def resolved(module: Module) -> str:
    """The text with `rego.metadata.rule()` and `.chain()` put in: the engine does not have them."""
    if "rego.metadata." not in module.text:
        return module.text

    def value(match: re.Match[str]) -> str:
        line = module.text.count("\n", 0, match.start()) + 1
        rule = max(
            (rule for rule in module.rules if rule.line <= line), key=lambda rule: rule.line, default=None
        )
        about = module.annotations.get(rule.line, {}) if rule else {}
        if match[1] == "rule":
            return msgspec.json.encode(about).decode()
        path = ["data", *module.package.split(".")]
        chain = [{"path": path, "annotations": module.about_package()}] if module.about_package() else []
        if about and rule:
            chain.insert(0, {"path": [*path, rule.name], "annotations": about})
        return msgspec.json.encode(chain).decode()

    return _METADATA.sub(value, module.text)
