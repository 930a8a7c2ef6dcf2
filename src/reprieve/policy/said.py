"""Metadata that are rules and not comments: `__rego_metadata__` and `__rego_input__`, within bounds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from reprieve.findings.model import Fault
from reprieve.policy.bounds import Limits, StoppedError, within
from reprieve.policy.engine import Engine, RegoError
from reprieve.policy.functions import Causes, functions
from reprieve.policy.module import Module

_METADATA_RULES = ("__rego_metadata__", "__rego_metadata")
_INPUT_RULES = ("__rego_input__", "__rego_input")


class Said(msgspec.Struct, frozen=True):
    """What one package says of itself in rules."""

    about: dict[str, Any] = {}
    wants: dict[str, Any] = {}
    fault: Fault | None = None
    """Why it could not be evaluated."""


def said_by(packages: Mapping[str, Sequence[Module]], limits: Limits) -> dict[str, Said]:
    """What each package says that has such rules; those without are left out.

    Args:
        packages: the modules of each.
        limits: of evaluating all of them together and, where that had to be stopped, each.
    """
    rules = {package: _rules(modules) for package, modules in packages.items()}
    rules = {package: names for package, names in rules.items() if any(names)}
    if not rules:
        return {}
    engine = Engine(functions(Causes()))
    for module in (module for modules in packages.values() for module in modules):
        engine.add_module(module.path, module.text, v0=module.v0)
    try:
        return _together(engine, rules, limits)
    except StoppedError:
        return {package: _alone(engine, package, names, packages, limits) for package, names in rules.items()}


def _rules(modules: Sequence[Module]) -> tuple[str | None, str | None]:
    there = {name for module in modules for name in module.names()}

    def first(names: Sequence[str]) -> str | None:
        return next((name for name in names if name in there), None)

    return first(_METADATA_RULES), first(_INPUT_RULES)


def _together(
    engine: Engine, rules: Mapping[str, tuple[str | None, str | None]], limits: Limits
) -> dict[str, Said]:
    def call() -> dict[str, Any]:
        return {
            package: msgspec.to_builtins(_said(engine, package, names)) for package, names in rules.items()
        }

    return msgspec.convert(within(limits, call), dict[str, Said])


def _alone(
    engine: Engine,
    package: str,
    names: tuple[str | None, str | None],
    packages: Mapping[str, Sequence[Module]],
    limits: Limits,
) -> Said:
    try:
        return _together(engine, {package: names}, limits)[package]
    except StoppedError as stopped:
        home = packages[package][0]
        rule = f"data.{package}.{names[0] or names[1]}"
        return Said(
            fault=Fault(home.path, f"{stopped}: the check is not evaluated", home.package_line, rule=rule)
        )


def _said(engine: Engine, package: str, names: tuple[str | None, str | None]) -> Said:
    try:
        about, wants = (_mapping(engine, package, name) for name in names)
    except RegoError as error:
        return Said(fault=Fault(error.path, error.message, error.line, error.column, f"data.{package}"))
    return Said(about, wants)


def _mapping(engine: Engine, package: str, name: str | None) -> dict[str, Any]:
    value = engine.evaluate(f"data.{package}.{name}") if name else None
    return value if isinstance(value, dict) else {}
