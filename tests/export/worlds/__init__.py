"""Every tool as a small world: what it can find, and which of that its own rules silence, given a file.

A world makes reports as the tool writes them, which our readers read; and decides, from the text of an
exported file and the tool's own view of a finding, whether the tool would hide it. The rules are those of
each tool's source, as the modules of `reprieve.export` name it, in other words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

import msgspec
from hypothesis import strategies as st

from reprieve.export.interface import Grant, Target
from reprieve.findings.aliases import names_of
from reprieve.findings.model import Finding
from reprieve.record.charter import Charter
from reprieve.record.model import Record, ScopeEntry
from reprieve.words import ExportFormat

Raw = dict[str, Any]
"""A finding as the tool knows it."""


class World(NamedTuple):
    """One tool, with one of its native formats."""

    format: ExportFormat
    types: tuple[str, ...]
    values: Mapping[str, Sequence[str]]
    """Scope key -> values that findings have, for records to be about."""
    raws: Callable[[Target], st.SearchStrategy[list[Raw]]]
    report: Callable[[list[Raw], Target], bytes]
    """The tool's report of them; one finding each, in order."""
    silenced: Callable[[Mapping[str, str], Raw, Target], bool]
    own_name: bool = False
    """Whether the tool knows a finding by its own id only, where the gate knows other names as well."""
    targets: tuple[Mapping[str, str], ...] = ({},)
    unclaimed: Callable[[Raw, ScopeEntry], bool] = lambda raw, scope: False
    """Whether the tool cannot see of a finding what the entry goes by; the format's documentation says so."""
    goes_by: tuple[str, ...] = ()
    """Scope keys that most entries go by; any of a finding's when empty."""
    companions: Callable[[Raw], list[Raw]] = lambda entry: []
    """Entries that make another one sayable."""


CHARTERS = (
    Charter(version=1),
    Charter(version=1, environments={"staging-*": "staging"}),
    Charter(version=1, environments={"prod-*": "production", "*": "staging"}),
)


def pattern_of(value: str) -> st.SearchStrategy[str]:
    """Patterns that match a value, and then perhaps others."""
    cut = st.integers(0, len(value))
    return st.one_of(
        st.just(value),
        cut.map(lambda at: value[:at] + "*"),
        cut.map(lambda at: "*" + value[at:]),
        st.integers(0, max(0, len(value) - 1)).map(lambda at: value[:at] + "?" + value[at + 1 :]),
        st.tuples(cut, cut).map(lambda ends: value[: min(ends)] + "*" + value[max(ends) :]),
    ).filter(bool)


FIELDS = {
    "clusters": "cluster",
    "namespaces": "namespace",
    "resources": "resource",
    "paths": "path",
    "images": "image",
    "repositories": "repository",
    "packages": "package",
}


@st.composite
def scopes(draw: st.DrawFn, world: World, findings: Sequence[Finding], prints: Sequence[str]) -> Raw:
    """One scope entry: about one of the findings, and about some others of the world."""
    number = draw(st.integers(0, len(findings) - 1))
    finding = findings[number]
    own = {key: getattr(finding, field) for key, field in FIELDS.items() if getattr(finding, field)}
    if world.goes_by and draw(st.integers(0, 3)):
        own = {key: own[key] for key in world.goes_by if key in own}
    keys = draw(st.sets(st.sampled_from(sorted(own)), max_size=3)) if own else set()
    checks = draw(st.sampled_from(names_of(finding.check, finding.aliases)))
    entry: Raw = {"type": finding.type} if draw(st.booleans()) else {}
    chosen = {"checks": checks, **{key: own[key] for key in sorted(keys)}}
    if not draw(st.integers(0, 7)):
        del chosen["checks"]
    if not draw(st.integers(0, 9)):
        chosen["fingerprints"] = prints[number]
    for key, value in chosen.items():
        literal = draw(st.integers(0, 2)) or key == "fingerprints"
        entry[key] = [value if literal else draw(pattern_of(value))]
        if key in world.values and not draw(st.integers(0, 2)):
            entry[key].append(draw(st.sampled_from(world.values[key]).flatmap(pattern_of)))
    if not draw(st.integers(0, 9)):
        other = draw(st.sampled_from(sorted(world.values)))
        entry[other] = [draw(st.sampled_from(world.values[other]))]
    return entry


@st.composite
def records(
    draw: st.DrawFn, world: World, findings: Sequence[Finding], prints: Sequence[str], number: int
) -> Record:
    """A record that could be active."""
    scope = draw(st.lists(scopes(world, findings, prints), min_size=1, max_size=2))
    if draw(st.integers(0, 3)):
        scope += [companion for entry in scope for companion in world.companions(entry)]
    rarely = st.integers(0, 5).map(lambda drawn: not drawn)
    fields = {
        "id": f"EXC-{number:03d}",
        "summary": "A summary.",
        "reason": draw(st.sampled_from(["legacy-system", "false-positive"])),
        "risk": draw(st.sampled_from(["high", "low"])),
        "environment": "staging" if draw(rarely) else "production",
        "requester": "dana@example.com",
        "owner": "payments",
        "requested": "2026-11-02",
        "expires": draw(st.sampled_from(["2099-01-30", "2099-02-28"])),
        "scope": scope,
        "controls": [],
        "remediation": {"target": "2099-01-30"},
        "voids": [void for void in ("fix-available", "severity-raised") if draw(rarely)],
    }
    return msgspec.convert(fields, Record)


@st.composite
def grants(draw: st.DrawFn, world: World, findings: Sequence[Finding], prints: Sequence[str]) -> list[Grant]:
    """Some active records, about some of the findings."""
    numbers = range(1, draw(st.integers(1, 3)) + 1)
    found = [draw(records(world, findings, prints, number)) for number in numbers]
    return [Grant(record) for record in found]


@st.composite
def targets(draw: st.DrawFn, world: World) -> Target:
    """What the file is for."""
    settled = draw(st.sampled_from(world.targets))
    environment = draw(st.sampled_from([None, None, None, "production", "staging"]))
    return Target(draw(st.sampled_from(CHARTERS)), environment=environment, **settled)


def lists(**fields: Any) -> st.SearchStrategy[list[Raw]]:
    """Up to eight findings with fields from these pools or strategies."""
    made = {
        name: pool if isinstance(pool, st.SearchStrategy) else st.sampled_from(list(pool))
        for name, pool in fields.items()
    }
    return st.lists(st.fixed_dictionaries(made), min_size=1, max_size=8)


def whole(expression: str, text: str) -> bool:
    """A regular expression between `^` and `$`, as tools in Go put it."""
    return re.search(f"^{expression}$", text) is not None


def encoded(document: Any) -> bytes:
    """A report as bytes."""
    return msgspec.json.encode(document)


def is_known_by_its_own_name(finding: Finding, checks: Sequence[str]) -> bool:
    """Whether an entry names the finding by what the tool itself calls it."""
    from reprieve.record import glob

    return not checks or any(glob.matches(check, finding.check) for check in checks)
