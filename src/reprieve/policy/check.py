"""What a check says of itself: its id, severity and advice, from whichever kind of metadata it carries."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import msgspec

from reprieve.findings.severity import severity_of_word
from reprieve.policy.module import Module
from reprieve.words import Severity

_RULE = re.compile(r"(deny|violation|warn)(?:_([a-zA-Z0-9_]+))?")
"""Names of rules that report something (conftest, Trivy), and the suffix that exceptions use."""

KIND_OF_SELECTOR = {
    "kubernetes": "kubernetes",
    "rbac": "kubernetes",
    "dockerfile": "dockerfile",
    "cloud": "cloud",
    "terraform": "terraform",
    "terraform-raw": "terraform",
    "cloudformation": "cloudformation",
    "compose": "compose",
    "yaml": "yaml",
    "json": "json",
    "toml": "toml",
}


class Selector(msgspec.Struct, frozen=True):
    """Which documents a check looks at: a kind of input and, of Kubernetes, kinds of object."""

    kind: str
    kinds: tuple[str, ...] = ()
    """All when empty."""


class Reporting(msgspec.Struct, frozen=True):
    """One rule of a check that reports something."""

    name: str
    path: str
    line: int

    @property
    def suffix(self) -> str:
        """`foo` of `deny_foo`, empty of `deny`: what a rule-based exception names."""
        return suffix_of(self.name) or ""

    @property
    def warns(self) -> bool:
        """Whether it is a `warn` rule."""
        return self.name.startswith("warn")


class Check(msgspec.Struct, frozen=True, kw_only=True):
    """One package of rules that report something."""

    package: str
    id: str
    aliases: tuple[str, ...] = ()
    title: str = ""
    description: str = ""
    severity: Severity | None = None
    """None where the check does not say."""
    recommendation: str = ""
    references: tuple[str, ...] = ()
    compliance: dict[str, tuple[str, ...]] = {}
    """Framework -> the controls of it that this check speaks to."""
    selectors: tuple[Selector, ...] = ()
    """Empty: every document."""
    combine: bool = False
    """Whether it sees all documents of its kinds at once."""
    rules: tuple[Reporting, ...] = ()
    path: str = ""
    line: int = 1
    builtin: bool = False
    identified: bool = True
    """False where the id is only the package's name."""

    def severity_of(self, rule: Reporting) -> Severity:
        """What a result weighs: as the check says; else a warning is `info`, a denial `unknown`."""
        return self.severity or ("info" if rule.warns else "unknown")


def suffix_of(rule: str) -> str | None:
    """`foo` of `deny_foo`, the empty string of `deny`; None of a rule that reports nothing."""
    found = _RULE.fullmatch(rule)
    return None if found is None else found[2] or ""


def reporting(module: Module) -> list[Reporting]:
    """The rules of a module that report something, each once."""
    first: dict[str, Reporting] = {}
    for rule in module.rules:
        if rule.constant and not rule.default and suffix_of(rule.name) is not None:
            first.setdefault(rule.name, Reporting(rule.name, module.path, rule.line))
    return list(first.values())


def check_of(
    module: Module,
    rules: tuple[Reporting, ...],
    said: Mapping[str, Any],
    wants: Mapping[str, Any],
    *,
    builtin: bool,
) -> Check:
    """A check from its annotations and, over them, its `__rego_metadata__` and `__rego_input__`.

    Args:
        module: the file that says most of it.
        rules: every rule of the package that reports something.
        said: the value of `__rego_metadata__` or `__rego_metadata`; empty without.
        wants: the value of `__rego_input__` or `__rego_input`; empty without.
        builtin: whether it is one of ours.
    """
    about = module.about_package()
    custom = _mapping(about.get("custom"))
    data = {**about, **custom, **said}
    wants = wants or _mapping(custom.get("input"))
    identity = _text(data.get("id")) or _text(data.get("avd_id")) or _text(data.get("short_code"))
    aliases = dict.fromkeys(
        text
        for text in (*_texts(data.get("aliases")), _text(data.get("avd_id")))
        if text and text != identity
    )
    return Check(
        package=module.package,
        id=identity or module.package,
        identified=bool(identity),
        aliases=tuple(aliases),
        title=_text(data.get("title")),
        description=" ".join(_text(data.get("description")).split()),
        severity=severity_of_word(_text(data.get("severity"))) if _text(data.get("severity")) else None,
        recommendation=" ".join(
            (_text(data.get("recommended_action")) or _text(data.get("recommended_actions"))).split()
        ),
        references=_references(data),
        compliance={name: _texts(controls) for name, controls in _mapping(data.get("compliance")).items()},
        selectors=_selectors(wants.get("selector")),
        combine=wants.get("combine") is True,
        rules=rules,
        path=module.path,
        line=module.package_line,
        builtin=builtin,
    )


def _selectors(value: object) -> tuple[Selector, ...]:
    found: dict[str, tuple[str, ...]] = {}
    for item in value if isinstance(value, list) else ():
        kind = KIND_OF_SELECTOR.get(_text(_mapping(item).get("type")))
        if kind is None:
            # A kind of input that is not known here: the check applies to none of ours rather than to all.
            found.setdefault(_text(_mapping(item).get("type")) or "unknown", ())
            continue
        subtypes = _mapping(item).get("subtypes")
        kinds = [_text(_mapping(one).get("kind")) for one in subtypes] if isinstance(subtypes, list) else []
        found[kind] = (*found.get(kind, ()), *filter(None, kinds))
    return tuple(Selector(kind, kinds) for kind, kinds in found.items())


def _references(data: Mapping[str, Any]) -> tuple[str, ...]:
    links = []
    for item in (*_items(data.get("related_resources")), *_items(data.get("references")), data.get("url")):
        links.append(_text(_mapping(item).get("ref")) if isinstance(item, dict) else _text(item))
    return tuple(dict.fromkeys(filter(None, links)))


def _mapping(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _items(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _texts(value: object) -> tuple[str, ...]:
    if isinstance(value, (str, int, float)):
        return (_text(value),)
    return tuple(filter(None, map(_text, _items(value))))


def _text(value: object) -> str:
    return str(value).strip() if isinstance(value, (str, int, float)) and not isinstance(value, bool) else ""
