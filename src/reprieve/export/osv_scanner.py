"""OSV-Scanner's configuration: `osv-scanner.toml`.

Source: google/osv-scanner `internal/config/config.go`. The first entry for an id or a package counts, even
when it is over. `ignoreUntil` and `effectiveUntil` are instants.

- `IgnoredVulns` ignores an id with all its aliases, in every package. Which other findings that takes along,
  only a report says: an id is written when every finding of its group of aliases is excepted.
- `PackageOverrides` with `vulnerability.ignore` hides all that a package has: for records that name packages
  and no checks.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

import msgspec

from reprieve.export.concrete import excepted
from reprieve.export.fit import Expresses, Fitted, fit_all, translated
from reprieve.export.interface import Entry, Format, Given, Grant, Job, Left, Written
from reprieve.export.packages import begins_alike, package_of
from reprieve.export.texts import toml_text

NAME = "osv-scanner"
EXPRESSES = Expresses(
    tool="OSV-Scanner",
    types=frozenset({"vulnerability"}),
    tests=frozenset({"checks", "packages"}),
    knows=frozenset({"paths", "packages"}),
    fixable=frozenset({"vulnerability"}),
    needs_checks=False,
)
_ECOSYSTEMS = {
    "npm": "npm",
    "pypi": "PyPI",
    "golang": "Go",
    "cargo": "crates.io",
    "gem": "RubyGems",
    "nuget": "NuGet",
    "composer": "Packagist",
    "maven": "Maven",
    "hex": "Hex",
    "pub": "Pub",
}


class _Group(msgspec.Struct, gc=False):
    ids: list[str]
    aliases: list[str] | None = None


class _Package(msgspec.Struct, gc=False):
    groups: list[_Group] | None = None


class _Result(msgspec.Struct, gc=False):
    packages: list[_Package] | None = None


class _Document(msgspec.Struct, gc=False):
    results: list[_Result] | None = None


def _write(job: Job) -> Written:
    fits = fit_all(job, EXPRESSES)
    left = list(fits.left)
    ids = [fitted for fitted in fits.fitted if "packages" not in fitted.keys]
    written: set[tuple[str, int]] = set()
    ignored = _ignored(job, ids, written, left)
    overrides: dict[tuple[str, str, str], tuple[dt.date, dict[str, Any]]] = {}
    for fitted in fits.fitted:
        if "packages" not in fitted.keys:
            continue
        if "checks" in fitted.keys:
            left.append(fitted.entry.left("OSV-Scanner cannot tie an id to a package"))
            continue
        for key, table in _overrides(fitted, left):
            written.add((fitted.entry.grant.id, fitted.entry.number))
            over = fitted.entry.grant.over
            overrides[key] = max(overrides.get(key, (over, table)), (over, table), key=lambda one: one[0])
    tables = {
        "IgnoredVulns": ignored,
        "PackageOverrides": [table for _, (_, table) in sorted(overrides.items(), key=lambda one: one[0])],
    }
    text = toml_text(NAME, {name: found for name, found in tables.items() if found})
    return Written({"": text}, len(written), tuple(left), tuple(fits.aside))


def _overrides(fitted: Fitted, left: list[Left]) -> list[tuple[tuple[str, str, str], dict[str, Any]]]:
    found: list[tuple[tuple[str, str, str], dict[str, Any]]] = []

    def override(pattern: str) -> str:
        package = package_of(pattern, no_qualifiers=True)
        if package.type not in _ECOSYSTEMS:
            raise ValueError("not a package of an ecosystem that OSV-Scanner compares alone")
        name = f"{package.namespace}:{package.name}" if package.type == "maven" else package.path
        table: dict[str, Any] = {"name": name, "ecosystem": _ECOSYSTEMS[package.type]}
        if package.version:
            table["version"] = package.version
        table |= {"vulnerability": {"ignore": True}, **_ends("effectiveUntil", fitted.entry.grant)}
        found.append(((table["ecosystem"], name, package.version or ""), table))
        return pattern

    translated(fitted, "packages", override, left)
    left += begins_alike(fitted)
    return found


def _ignored(
    job: Job, fitted: list[Fitted], written: set[tuple[str, int]], left: list[Left]
) -> list[dict[str, Any]]:
    wanted = {_key(one.entry): one.entry for one in fitted}
    by_check: dict[str, list[list[Entry]]] = {}
    for one in excepted(job):
        mine = [entry for entry in one.entries if _key(entry) in wanted]
        by_check.setdefault(one.finding.check, []).append(mine)
    groups = [group for report in job.reports for group in _groups(report)]
    found: list[dict[str, Any]] = []
    seen: set[tuple[str, int]] = set()
    for check, covering in sorted(by_check.items()):
        mine = [entry for entries in covering for entry in entries]
        if not mine:
            continue
        seen |= set(map(_key, mine))
        along = sorted({id_ for group in groups if check in group for id_ in group[check]})
        open_ones = [id_ for id_ in along or [check] if not along or not all(by_check.get(id_, [[]]))]
        if open_ones:
            reason = f"would take {' and '.join(open_ones)} along, which is not excepted everywhere"
            left += [entry.left(reason, f"checks: {check}") for entry in mine]
            continue
        every = [entries for id_ in along for entries in by_check[id_]]
        grant = min((_longest(entries) for entries in every), key=lambda grant: grant.over)
        written |= set(map(_key, mine))
        found.append({"id": check, **_ends("ignoreUntil", grant)})
    left += [
        entry.left("an id takes its aliases along: give a current report that has it, and none given does")
        for key, entry in wanted.items()
        if key not in seen
    ]
    return found


def _longest(entries: list[Entry]) -> Grant:
    return max((entry.grant for entry in entries), key=lambda grant: grant.over)


def _key(entry: Entry) -> tuple[str, int]:
    return entry.grant.id, entry.number


def _ends(field: str, grant: Grant) -> dict[str, Any]:
    until = dt.datetime.combine(grant.over, dt.time(), dt.UTC)
    return {field: until, "reason": grant.note}


def _groups(report: Given) -> list[dict[str, list[str]]]:
    """For each group of aliases: each of its names -> the ids that are ignored by it."""
    if report.format != NAME:
        return []
    document = report.source.decode(_Document)
    return [
        dict.fromkeys((*group.ids, *(group.aliases or ())), group.ids)
        for result in document.results or ()
        for package in result.packages or ()
        for group in package.groups or ()
    ]


FORMAT = Format(
    title="OSV-Scanner, osv-scanner.toml",
    file="osv-scanner.toml",
    says="ids that a current report has, with all their aliases; whole packages by name and version",
    expiry="`ignoreUntil`, `effectiveUntil`: midnight UTC after the last day",
    write=_write,
    reports="optional",
    reads=("osv-scanner",),
)
