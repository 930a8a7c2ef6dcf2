"""Which of the user's modules may stand beside ours.

Rego has no walls: a module may add to any package, and so turn a check of ours off without an exception. In
our packages a user's module may therefore hold `exception` and helpers of its own, and nothing else. Our
libraries are `builtin.lib.*`; checks written for Trivy know them as `lib.*`, and get them unless they bring
their own.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set

import msgspec

from reprieve.findings.model import Fault
from reprieve.policy.check import suffix_of
from reprieve.policy.engine import Engine, RegoError
from reprieve.policy.functions import Causes, functions
from reprieve.policy.module import Module

_OURS = "builtin.lib."
_OUTSIDE = re.compile(r"\b(?:http\.send|opa\.runtime)\b")
_PROBE = "package reprieve_probe\nprobed := true\n"


def names_of(modules: Iterable[Module]) -> dict[str, set[str]]:
    """The names of all rules in each package."""
    names: defaultdict[str, set[str]] = defaultdict(set)
    for module in modules:
        names[module.package] |= {rule.name for rule in module.rules}
    return dict(names)


def trespassing(module: Module, ours: Mapping[str, Set[str]]) -> Fault | None:
    """Why a user's module may not be loaded beside ours; None when it may. `ours` is from `names_of`."""
    inside = ours.get(module.package)
    for rule in module.rules:
        place = f"{module.package}.{rule.name}"
        over = any(package == place or package.startswith(f"{place}.") for package in ours)
        helper = suffix_of(rule.name) is None and not rule.name.startswith("__")
        changes = inside is not None and (rule.name in inside or not helper)
        if over or changes or f"{module.package}.".startswith(_OURS):
            message = f"`{rule.name}` would change a check of ours: its package may only get an `exception`"
            return Fault(module.path, message, rule.line, rule=f"data.{place}")
    return None


def unanswered(module: Module) -> Fault | None:
    """Why a module cannot be evaluated faithfully: it asks for what the engine leaves undefined."""
    for number, line in enumerate(_code_of(module.text).split("\n"), start=1):
        found = _OUTSIDE.search(line)
        if found:
            message = f"`{found[0]}` is not available: nothing is asked of the network or the host"
            return Fault(module.path, message, number, found.start() + 1)
    return None


_NO_CODE = re.compile(r'"(?:[^"\\\n]|\\.)*"|`[^`]*`|#[^\n]*')


def _code_of(text: str) -> str:
    """A text without what is in its comments and quotes; the rest stays where it is."""
    return _NO_CODE.sub(lambda part: re.sub(r"[^\n]", " ", part[0]), text)


def shared_libraries(ours: Sequence[Module], users: Sequence[Module]) -> Iterator[Module]:
    """Our libraries under the names that checks written for Trivy import, where the user brings none."""
    if not any(re.search(r"\bdata\.lib\b", module.text) for module in users):
        return
    brought = {module.package for module in users}
    for module in ours:
        name = module.package.removeprefix("builtin.")
        if module.package.startswith(_OURS) and name not in brought:
            text = module.text.replace(f"package {module.package}", f"package {name}", 1)
            yield msgspec.structs.replace(module, package=name, text=text)


def analysed(ours: Iterable[Module], users: Sequence[Module]) -> tuple[list[Module], list[Fault]]:
    """The user's modules that the engine can evaluate beside ours, and why it cannot the others.

    It analyses all modules together, so that one of them (an unsafe variable, a function in two shapes) would
    stop every check: it is left out, and named.
    """
    fixed = list(ours)
    kept, faults = list(users), list[Fault]()
    while (error := _analyse([*fixed, *kept])) is not None:
        blamed = next((module for module in kept if module.path == error.path), None)
        blamed = blamed or _first_to_fail(fixed, kept)
        if blamed is None:
            break
        kept.remove(blamed)
        line, column = (error.line, error.column) if error.path == blamed.path else (None, None)
        faults.append(Fault(blamed.path, error.message, line, column))
    return kept, faults


def _first_to_fail(fixed: Sequence[Module], users: Sequence[Module]) -> Module | None:
    """The first module that fails beside those before it, for errors that name no file or another's."""
    for number in range(len(users)):
        if _analyse([*fixed, *users[: number + 1]]) is not None:
            return users[number]
    return None


def _analyse(modules: Iterable[Module]) -> RegoError | None:
    engine = Engine(functions(Causes()))
    try:
        for module in modules:
            engine.add_module(module.path, module.text, v0=module.v0)
        engine.add_module("probe.rego", _PROBE, v0=False)
        engine.evaluate("data.reprieve_probe.probed")
    except RegoError as error:
        return error
    return None
