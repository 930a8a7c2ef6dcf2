"""From Rego to Python: the checks of a pack, as functions that do what the engine would.

What is translated is the part of the language that our checks are written in; a rule that uses more is left
out, with everything that asks for it, and stays with the engine. A query becomes nested `if` and `for`: what
is undefined ends where its `if` does, so that `not` holds of it as the engine has it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from reprieve.policy.module import Module, digest_of
from reprieve.policy.native.program import Program, Rule, function_name
from reprieve.policy.native.rules import Writer
from reprieve.policy.native.syntax import Untranslatable, arguments_of


class Translated(msgspec.Struct, frozen=True):
    """A pack as Python."""

    source: str
    left: dict[str, str]
    """Rules that stay with the engine, and why."""


def translate(modules: Sequence[Module], wanted: Iterable[str], title: str) -> Translated:
    """A Python module that evaluates some rules of a pack.

    Args:
        modules: the pack and its libraries.
        wanted: the rules that report something, in full: `builtin.kubernetes.KSV001.deny`.
        title: what the docstring says.
    """
    translator = _Translator(Program(modules))
    reached: dict[str, Rule] = {}
    left: dict[str, str] = {}
    for name in wanted:
        try:
            rules = translator.closure(name)
        except Untranslatable as reason:
            left[name] = str(reason)
        else:
            reached.update(rules)
    return Translated(_written(reached, title), left)


class _Translator:
    """Translates rules as they are asked for, each once."""

    def __init__(self, program: Program) -> None:
        self._program = program
        self._done: dict[str, str | None] = {}

    def closure(self, name: str) -> dict[str, Rule]:
        """A rule and all that it asks for, what is asked first. Errors: `Untranslatable`."""
        found: dict[str, Rule] = {}
        self._close(name, found, ())
        return found

    def _close(self, name: str, found: dict[str, Rule], path: tuple[str, ...]) -> None:
        if name in path:
            raise Untranslatable(f"{name} asks for itself")
        if name in found or name not in self._program.rules:
            return
        rule = self._program.rules[name]
        if name not in self._done:
            self._done[name] = None
            try:
                Writer(self._program, rule).write()
            except Untranslatable as reason:
                self._done[name] = str(reason)
        failed = self._done[name]
        if failed is not None:
            raise Untranslatable(failed)
        for ask in sorted(rule.asks):
            self._close(ask, found, (*path, name))
        found[name] = rule


def _written(rules: Mapping[str, Rule], title: str) -> str:
    functions = [rule.full for rule in rules.values() if rule.kind == "function"]
    named = [name for name in rules if name not in functions]
    sources = {rule.module.path: digest_of(rule.module.text) for rule in rules.values() if rule.module}
    data = {
        ask.removeprefix("data.") for rule in rules.values() for ask in rule.asks if ask.startswith("data.")
    }
    return "\n".join(
        [
            f'"""{title}',
            "",
            "Written by `python -m reprieve.policy.native` from the checks in Rego: not to be edited.",
            '"""',
            "",
            "# mypy: ignore-errors",
            "# ruff: noqa",
            "# fmt: off",
            "",
            "from reprieve.policy.native.builtins import *",
            "from reprieve.policy.native.values import *",
            *(line for rule in rules.values() for line in ("", *_code(rule, rules))),
            "",
            *_table("RULES", [f'"{name}": {function_name(name)}' for name in named]),
            *_table("CONSTANT", [f'"{name}"' for name in named if "input" not in _rests(rules[name], rules)]),
            *_table("DATA", [f'"{name}"' for name in sorted(data)]),
            *_table("SOURCES", [f'"{path}": "{digest}"' for path, digest in sorted(sources.items())]),
            "",
        ]
    )


def _table(name: str, items: Sequence[str]) -> list[str]:
    return [f"{name} = {{", *(f"    {item}," for item in items), "}"]


def _code(rule: Rule, rules: Mapping[str, Rule]) -> list[str]:
    """The lines of a rule; a function of one value that rests on nothing else remembers."""
    alone = not any(ask == "input" or ask.startswith("data.") for ask in _rests(rule, rules))
    if rule.kind != "function" or not alone or len(arguments_of(rule.clauses[0])) != 1:
        return rule.code
    start = rule.code.index(f"def {function_name(rule.full)}(m, a0):")
    return [*rule.code[:start], "@remembered", *rule.code[start:]]


def _rests(rule: Rule, rules: Mapping[str, Rule]) -> set[str]:
    """All that a rule asks for, and what that asks for."""
    found: set[str] = set()
    todo = [rule.full]
    while todo:
        for ask in rules[todo.pop()].asks - found:
            found.add(ask)
            if ask in rules:
                todo.append(ask)
    return found
