"""From findings to the scope that covers exactly them, and nothing else in their report."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import Any

import msgspec

from reprieve.findings.model import Finding
from reprieve.match.matcher import Matcher
from reprieve.match.model import Scoped
from reprieve.record import glob
from reprieve.record.model import ScopeEntry

_KEY_OF = {
    "cluster": "clusters",
    "namespace": "namespaces",
    "resource": "resources",
    "path": "paths",
    "image": "images",
    "repository": "repositories",
    "package": "packages",
}


def exact_scope(
    chosen: Collection[int], findings: Sequence[Finding], fingerprints: Sequence[str]
) -> list[dict[str, Any]]:
    """Scope entries, as a record's front matter has them, for the findings at the given indexes.

    Findings in one place share an entry. Where check and place would also cover a finding that was not
    chosen, or say too little to be a scope, the entry is pinned to fingerprints.
    """
    places: defaultdict[tuple[Any, ...], list[int]] = defaultdict(list)
    for index in sorted(chosen):
        places[_place(findings[index])].append(index)
    entries = [_entry([findings[index] for index in indexes]) for indexes in places.values()]
    too_wide = _too_wide(entries, list(places.values()), findings)
    for number, (entry, indexes) in enumerate(zip(entries, places.values(), strict=True)):
        if number in too_wide or _says_too_little(entry):
            entry["fingerprints"] = sorted({fingerprints[index] for index in indexes})
    return entries


def _says_too_little(entry: dict[str, Any]) -> bool:
    return "checks" not in entry or len(entry) < 3


def _place(finding: Finding) -> tuple[Any, ...]:
    return (finding.type, *(getattr(finding, field) for field in _KEY_OF))


def _entry(findings: Sequence[Finding]) -> dict[str, Any]:
    """Type, checks, and every place key whose value can be written as a pattern that is only itself."""
    first = findings[0]
    entry: dict[str, Any] = {"type": first.type}
    checks = sorted({finding.check for finding in findings})
    if all(map(_can_be_written, checks)):
        entry["checks"] = checks
    for field, key in _KEY_OF.items():
        value = getattr(first, field)
        if value and _can_be_written(value):
            entry[key] = [value]
    return entry


def _can_be_written(value: str) -> bool:
    """Whether the value, as a pattern, means itself."""
    return glob.is_literal(value) and value.isprintable() and glob.fault(value) is None


def _too_wide(
    entries: Sequence[dict[str, Any]], places: Sequence[Collection[int]], findings: Sequence[Finding]
) -> set[int]:
    """The numbers of the entries that cover a finding outside their own place: one pass over the findings
    for all of them."""
    alone = [
        Scoped(str(number), "excepted", "production", "low", (), (msgspec.convert(entry, ScopeEntry),))
        for number, entry in enumerate(entries)
        if not _says_too_little(entry)
    ]
    own = {index: str(number) for number, indexes in enumerate(places) for index in indexes}
    outcomes = Matcher(alone, lambda _: "production").outcomes(findings)
    strangers: defaultdict[tuple[str, ...], set[str | None]] = defaultdict(set)
    for index, outcome in enumerate(outcomes):
        strangers[outcome.covering].add(own.get(index))
    return {
        int(number)
        for covering, places_of in strangers.items()
        for number in covering
        if places_of - {number}
    }
