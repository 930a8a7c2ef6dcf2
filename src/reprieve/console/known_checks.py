"""The built-in checks by any spelling of their ids: what they say, and which controls they are for."""

from __future__ import annotations

import functools
from collections.abc import Mapping

from reprieve.findings.aliases import names_of
from reprieve.policy.bundle import load
from reprieve.policy.catalogue import spellings
from reprieve.policy.check import Check
from reprieve.policy.compliance import FRAMEWORKS, controls_of
from reprieve.report.text import in_order

__all__ = ["FRAMEWORKS", "by_spelling", "checks", "controls", "known"]


@functools.cache
def checks() -> tuple[Check, ...]:
    """All of them; read once in each process."""
    return load().checks


@functools.cache
def by_spelling() -> Mapping[str, Check]:
    """Every name of each, in lower case."""
    return {name.lower(): check for check in checks() for name in spellings(check)}


@functools.lru_cache(maxsize=5_000)
def known(identifier: str) -> Check | None:
    """The check of ours that a finding's check id means, whichever tool wrote it."""
    table = by_spelling()
    return next((table[name.lower()] for name in names_of(identifier) if name.lower() in table), None)


@functools.cache
def controls(framework: str) -> Mapping[str, tuple[Check, ...]]:
    """Control -> the checks that speak to it, by number; of a key of `FRAMEWORKS`."""
    found: dict[str, list[Check]] = {}
    for check in checks():
        for control in controls_of(check, framework):
            found.setdefault(control, []).append(check)
    return {control: tuple(found[control]) for control in sorted(found, key=in_order)}
