"""Which checks of a bundle are evaluated in Python, and their evaluation."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from reprieve.policy.bundle import Bundle
from reprieve.policy.check import suffix_of
from reprieve.policy.module import Module, digest_of
from reprieve.policy.native.values import Facts, Found

Rule = Callable[[Facts], Sequence[Found]]
"""What a rule reports of a document. Errors: `Unsure` where only the engine knows."""

PACKS: Mapping[str, str] = {"kubernetes": "builtin/checks/kubernetes/"}
"""Packs that are translated, and where their checks are."""


class Native:
    """Checks of one pack of a bundle that need no engine."""

    def __init__(self, translated: Any, data: Mapping[str, Any]) -> None:
        self.rules: Mapping[str, Rule] = {
            f"data.{name}": rule
            for name, rule in translated.RULES.items()
            if suffix_of(name.rpartition(".")[2]) is not None
        }
        """The rules that can be asked here."""
        self._translated = translated
        self._lasting: dict[str, Any] = {"data": data}

    def facts(self, document: Any) -> Facts:
        """What is asked about one document."""
        facts = Facts(self._translated.RULES, self._translated.CONSTANT, self._lasting)
        facts["input"] = document
        return facts


def native_of(bundle: Bundle, pack: str) -> Native | None:
    """The translated checks of a pack, where they are those of the bundle.

    They are not where a check or library was changed since, and where a user's module says what one of ours
    looks for in the data; then the engine evaluates them.
    """
    if pack not in PACKS:
        return None
    there = {module.path: module for module in bundle.modules}
    translated = importlib.import_module(f"reprieve.policy.native.{pack}")
    current = all(
        path in there and digest_of(there[path].text) == digest for path, digest in translated.SOURCES.items()
    )
    return (
        Native(translated, bundle.data) if current and not _given(bundle.modules, translated.DATA) else None
    )


def pack_of(path: str) -> str | None:
    """The translated pack that the file of a check of ours belongs to."""
    return next((pack for pack, folder in PACKS.items() if path.startswith(folder)), None)


def _given(modules: Sequence[Module], data: frozenset[str]) -> bool:
    """Whether modules stand where our checks look for data."""
    return any(module.package.partition(".")[0] in data for module in modules)
