"""Grype's configuration: `ignore` rules.

Source: anchore/grype `grype/match/ignore.go`. All criteria of a rule must hold. It compares an advisory's
own id (aliases are left off, since a link to another id is no proof that it is the same), a package's name
and type, and whether there is a fix. It does not compare a package's group or distribution, so packages of
Maven and of systems are not written.
"""

from __future__ import annotations

import re
from typing import Any

from reprieve.export.fit import Expresses, Fitted, fit_all, translated
from reprieve.export.interface import Format, Job, Left, Written
from reprieve.export.packages import begins_alike, package_of
from reprieve.export.patterns import literal
from reprieve.export.texts import header, yaml_text

NAME = "grype"
EXPRESSES = Expresses(
    tool="Grype",
    types=frozenset({"vulnerability"}),
    tests=frozenset({"checks", "packages"}),
    knows=frozenset({"images", "paths", "packages"}),
    fixable=frozenset({"vulnerability"}),
    needs_checks=False,
    tests_fix=True,
)
_TYPES = {
    "npm": "npm",
    "pypi": "python",
    "gem": "gem",
    "cargo": "rust-crate",
    "nuget": "dotnet",
    "golang": "go-module",
    "composer": "php-composer",
}
_WITHOUT_FIX = ("not-fixed", "wont-fix")
"""Fix states in which a finding has no fix; in the state `unknown` it may name one."""
_REGEX = re.compile(r"[\\+*?()|\[\]{}^$]")


def _write(job: Job) -> Written:
    fits = fit_all(job, EXPRESSES)
    left = list(fits.left)
    rules: list[dict[str, Any]] = []
    written = 0
    for fitted in fits.fitted:
        found = _rules(fitted, left)
        rules += found
        written += bool(found)
    text = yaml_text([{"ignore": rules}] if rules else [], header(NAME))
    return Written({"": text}, written, tuple(left), tuple(fits.aside))


def _rules(fitted: Fitted, left: list[Left]) -> list[dict[str, Any]]:
    packages: list[dict[str, Any]] = [{}]
    if "packages" in fitted.keys:
        packages = []
        translated(fitted, "packages", lambda pattern: _package(pattern, packages), left)
        left += begins_alike(fitted)
    checks: list[dict[str, str]] = [{}]
    if "checks" in fitted.keys:
        checks = [{"vulnerability": check} for check in translated(fitted, "checks", literal, left)]
    states = [{"fix-state": state} for state in _WITHOUT_FIX] if fitted.not_fixed else [{}]
    return [
        {**check, **package, **state, "reason": fitted.entry.grant.note}
        for check in checks
        for package in packages
        for state in states
    ]


def _package(pattern: str, found: list[dict[str, Any]]) -> str:
    package = package_of(pattern)
    if package.type not in _TYPES:
        raise ValueError("Grype does not compare the group or the distribution of such a package")
    criteria = {"name": _name(package.path), "type": _TYPES[package.type]}
    if package.version:
        criteria["version"] = package.version
    found.append({"package": criteria})
    return pattern


def _name(name: str) -> str:
    """A name with characters of regular expressions is taken for one, so it is made one."""
    return re.sub(r"[\\.+*?()|\[\]{}^$]", r"\\\g<0>", name) if _REGEX.search(name) else name


FORMAT = Format(
    title="Grype, ignore rules",
    file=".grype.yaml",
    says="ids of advisories, packages of languages by name and version, whether there is a fix",
    expiry="none: written while the record holds",
    write=_write,
)
