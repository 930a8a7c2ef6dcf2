"""Exceptions by the controls of a framework: what an exception weakens, in the words of those who audit.

What is known of checks is data: a file per framework in `frameworks/`, beside what the built-in checks say of
themselves. A check that neither knows counts by the type its scope names; what has no type either is listed
as unmapped, so that nobody takes silence for absence.
"""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from importlib import resources

import msgspec

from reprieve.auditor.entries import Entry
from reprieve.findings.aliases import names_of
from reprieve.policy import bundle
from reprieve.policy.compliance import controls_of
from reprieve.record import glob, yaml
from reprieve.record.model import ScopeEntry
from reprieve.record.scope import values_of
from reprieve.report.text import in_order
from reprieve.words import CheckType

FILES = ("nist-800-53", "cis-controls", "cis-kubernetes", "cis-docker", "cis-aws")
"""The frameworks, in the order of a report."""

_LIVING = frozenset({"approved", "active", "expired", "void", "requested", "in-review", "invalid"})


class Rule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Checks, by patterns as in a scope, and the controls that they speak to."""

    controls: tuple[str, ...]
    checks: tuple[str, ...]


class Framework(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One file of `frameworks/`."""

    id: str
    title: str
    tag: str | None = None
    """What the built-in checks call it."""
    controls: dict[str, str] = {}
    """Control -> its name, where it may be printed."""
    rules: tuple[Rule, ...] = ()
    types: dict[CheckType, tuple[str, ...]] = {}
    """What a check counts as that nothing else is known of."""
    through: str | None = None
    """Another framework, whose controls this one's are found by."""
    crosswalk: dict[str, tuple[str, ...]] = {}


class Controlled(msgspec.Struct, frozen=True):
    """One control, and the exceptions that touch it."""

    control: str
    name: str
    active: tuple[str, ...]
    """Ids of the active exceptions: what is not enforced at the date."""
    others: tuple[str, ...]
    """Ids of those that are asked for, approved, expired, void or invalid: they suppress nothing."""
    checks: tuple[str, ...]
    """The checks by which, as the records name them."""


class ByFramework(msgspec.Struct, frozen=True):
    """One framework's controls that any exception touches."""

    framework: str
    title: str
    controls: tuple[Controlled, ...]
    unmapped: tuple[str, ...]
    """Ids of exceptions with checks that this framework's file knows nothing of."""


def by_framework(entries: Sequence[Entry]) -> tuple[ByFramework, ...]:
    """The exceptions that are not over, by the controls of every framework."""
    living = [entry for entry in entries if entry.status in _LIVING and entry.scope]
    return tuple(_of_framework(framework, living) for framework in frameworks())


def _of_framework(framework: Framework, entries: Iterable[Entry]) -> ByFramework:
    touched: defaultdict[str, dict[str, Entry]] = defaultdict(dict)
    checks: defaultdict[str, set[str]] = defaultdict(set)
    unmapped: dict[str, None] = {}
    for entry in entries:
        for part in entry.scope:
            found = controls_in(part, framework)
            if not any(found.values()):
                unmapped[entry.id] = None
            for check, controls in found.items():
                for control in controls:
                    touched[control][entry.id] = entry
                    checks[control].add(check)
    return ByFramework(
        framework.id,
        framework.title,
        tuple(
            Controlled(
                control,
                framework.controls.get(control, ""),
                tuple(id_ for id_, entry in touched[control].items() if entry.status == "active"),
                tuple(id_ for id_, entry in touched[control].items() if entry.status != "active"),
                tuple(sorted(checks[control])),
            )
            for control in sorted(touched, key=in_order)
        ),
        tuple(unmapped),
    )


def controls_in(part: ScopeEntry, framework: Framework) -> dict[str, tuple[str, ...]]:
    """Check as the scope names it -> the controls that it speaks to; by type where it names none."""
    if framework.through:
        through = _by_id()[framework.through]
        return {
            check: tuple(
                dict.fromkeys(own for control in controls for own in framework.crosswalk.get(control, ()))
            )
            for check, controls in controls_in(part, through).items()
        }
    fallback = framework.types.get(part.type, ()) if part.type else ()
    checks = values_of(part, "checks")
    if not checks:
        return {f"any {part.type}" if part.type else "packages or fingerprints": fallback}
    return {check: _of_check(check, framework.id) or fallback for check in checks}


@functools.lru_cache(maxsize=65536)
def _of_check(check: str, framework: str) -> tuple[str, ...]:
    """The controls of every check that a value of a scope may mean, by any of its names."""
    found: dict[str, None] = {}
    literal = glob.is_literal(check)
    names = names_of(check) if literal else (check,)
    for known, controls in _built_in(framework).items():
        if known == check or (known in names if literal else glob.matches(check, known)):
            found |= dict.fromkeys(controls)
    for rule in _by_id()[framework].rules:
        if any(_means(name, pattern) for name in names for pattern in rule.checks):
            found |= dict.fromkeys(rule.controls)
    return tuple(found)


def _means(name: str, pattern: str) -> bool:
    """Whether a value of a scope names checks that a rule is about.

    Of two patterns one must describe the other: that some name could fit both says nothing, as for
    `python.*` and `*_encrypted`.
    """
    return glob.matches(pattern, name) or glob.matches(name, pattern)


@functools.cache
def _built_in(framework: str) -> Mapping[str, tuple[str, ...]]:
    """Every name of every built-in check that says which controls it speaks to."""
    tag = _by_id()[framework].tag
    if tag is None:
        return {}
    return {
        name: controls
        for check in bundle.load([], tests=False).checks
        if (controls := controls_of(check, tag))
        for name in names_of(check.id, check.aliases)
    }


@functools.cache
def frameworks() -> tuple[Framework, ...]:
    """Every framework that there is a file for."""
    return tuple(_read(name) for name in FILES)


@functools.cache
def _by_id() -> Mapping[str, Framework]:
    return {framework.id: framework for framework in frameworks()}


def _read(name: str) -> Framework:
    file = resources.files("reprieve.auditor") / "frameworks" / f"{name}.yaml"
    return msgspec.convert(yaml.load_mapping(file.read_text("utf-8")), Framework)
