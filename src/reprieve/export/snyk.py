"""Snyk's policy file, `.snyk`.

Source: snyk/policy `lib/filter/ignore.ts`, `lib/match.ts`. Ids are compared without case. A rule for a path
also acts on what comes in below it, on parts of its own text and on the project itself; so only `*` is
written, where the target settles every place. What Snyk calls fixable is not what its report calls a fix.
"""

from __future__ import annotations

import re
from typing import Any

from reprieve.export.fit import Expresses, fit_all, of_one_kind, translated
from reprieve.export.interface import Format, Grant, Job, Written
from reprieve.export.patterns import literal
from reprieve.export.texts import header, yaml_text
from reprieve.record import glob
from reprieve.words import CheckType

NAME = "snyk"
_TYPES: frozenset[CheckType] = frozenset({"vulnerability", "misconfiguration", "license"})
_ISSUE = re.compile(r"SNYK-[A-Z0-9]+(?:-[A-Z0-9_.]+)+")
_FAMILIES: tuple[tuple[str, CheckType], ...] = (
    ("SNYK-CC-*", "misconfiguration"),
    ("SNYK-*", "vulnerability"),
    ("npm:*", "vulnerability"),
    ("snyk:lic:*", "license"),
)
"""Ids by what they are about; the first that fits."""
_VERSION = "v1.25.0"
"""Of the file's format."""


def kinds(check: str) -> frozenset[CheckType]:
    """What an issue with this id is; nothing when the id is not one of Snyk's."""
    if glob.is_literal(check):
        found = [type_ for family, type_ in _FAMILIES if glob.matches(family, check)]
        return frozenset(found[:1])
    return frozenset(type_ for family, type_ in _FAMILIES if glob.intersect(check, family))


EXPRESSES = Expresses(
    tool="Snyk",
    types=_TYPES,
    tests=frozenset({"checks"}),
    knows=frozenset({"images", "paths", "packages", "repositories", "resources"}),
    fixable=frozenset({"vulnerability", "license"}),
    kinds=kinds,
)


def _write(job: Job) -> Written:
    fits = fit_all(job, EXPRESSES)
    left = list(fits.left)
    rules: dict[str, list[dict[str, Any]]] = {}
    written = 0
    for fitted in fits.fitted:
        found = translated(fitted, "checks", of_one_kind(fitted, EXPRESSES, _issue), left)
        written += bool(found)
        for check in found:
            rules.setdefault(check, []).append({"*": _rule(fitted.entry.grant)})
    document: dict[str, Any] = {"version": _VERSION, "ignore": dict(sorted(rules.items())), "patch": {}}
    return Written({"": yaml_text([document], header(NAME))}, written, tuple(left), tuple(fits.aside))


def _issue(check: str) -> str:
    if _ISSUE.fullmatch(literal(check)) is None:
        raise ValueError("not an id of Snyk's own, such as SNYK-JS-LODASH-567746")
    return check


def _rule(grant: Grant) -> dict[str, Any]:
    """`expires` is over when it lies before the present: so it is the last millisecond."""
    false = grant.record.reason == "false-positive"
    return {
        "reason": grant.note,
        "expires": f"{grant.record.expires}T23:59:59.999Z",
        "reasonType": "not-vulnerable" if false else "temporary-ignore",
    }


FORMAT = Format(
    title="Snyk, .snyk",
    file=".snyk",
    says="ids of Snyk's own, for a whole project",
    expiry="`expires`: the last millisecond of the last day, UTC",
    write=_write,
)
