"""Allowlists in `.gitleaks.toml`: of all rules, or of one.

gitleaks/gitleaks `config/allowlist.go`, `README.md`. Criteria are alternatives unless `condition` is AND.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from reprieve.shadow.entries import entry
from reprieve.shadow.languages import Syntax
from reprieve.shadow.model import Suppression
from reprieve.shadow.source import File, of_expression
from reprieve.shadow.structured import Doc, Path, get, mappings, texts, toml

NAMES = (".gitleaks.toml", "gitleaks.toml", "*.gitleaks.toml", "gitleaks-config.toml")
CUES: tuple[str, ...] = ()
SYNTAXES: tuple[Syntax, ...] = ()

_CRITERIA = ("paths", "regexes", "commits", "stopwords")


def read(file: File) -> Iterator[Suppression]:
    """Its entries. Errors: `InputError`."""
    doc = toml(file)
    for where, one in _lists(doc.value, ()):
        yield from _allowed(doc, where, one, texts(one.get("targetRules")) or ["*"])
    for index, rule in mappings(get(doc.value, "rules")):
        for where, one in _lists(rule, ("rules", index)):
            yield from _allowed(doc, where, one, [str(rule.get("id") or "*")])
    for index, identifier in enumerate(texts(get(doc.value, "extend", "disabledRules"))):
        where = ("extend", "disabledRules", index)
        yield entry(
            file, doc.line(*where), tool="gitleaks", form="gitleaks-config", type="secret",
            text=f"disabledRules: {identifier}", checks=[identifier], comments=doc.comments(*where),
        )  # fmt: skip


def _lists(value: Any, base: Path) -> Iterator[tuple[Path, dict[str, Any]]]:
    """`allowlist`, and those of `allowlists`."""
    one = get(value, "allowlist")
    if isinstance(one, dict):
        yield (*base, "allowlist"), one
    for index, another in mappings(get(value, "allowlists")):
        yield (*base, "allowlists", index), another


def _allowed(doc: Doc, where: Path, one: dict[str, Any], rules: list[str]) -> Iterator[Suppression]:
    criteria = [key for key in _CRITERIA if texts(one.get(key))]
    if not criteria:
        return
    by_path = criteria == ["paths"] or (one.get("condition") == "AND" and "paths" in criteria)
    yield entry(
        doc.file,
        doc.line(*where),
        tool="gitleaks",
        form="gitleaks-config",
        text="; ".join(f"{key}: {', '.join(texts(one[key]))}" for key in criteria if key != "stopwords"),
        type="secret",
        checks=rules,
        paths=[of_expression(path) for path in texts(one["paths"])] if by_path else None,
        reason=one.get("description") if isinstance(one.get("description"), str) else None,
        comments=doc.comments(*where),
        says=[one],
    )
