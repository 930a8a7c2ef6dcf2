"""Checkov's configuration: `skip-check`, for a whole run.

Source: bridgecrewio/checkov `checkov/runner_filter.py` and
`checkov/kubernetes/checks/resource/base_registry.py`. Ids are compared by Python's fnmatch. The path that can
follow an id counts for secrets only, and is not anchored; a word without `_` is a namespace of Kubernetes,
all of whose checks are skipped. Neither is written.
"""

from __future__ import annotations

import re

from reprieve.export.fit import Expresses, fit_all, of_one_kind, translated
from reprieve.export.interface import Format, Job, Written
from reprieve.export.texts import Commented, header, yaml_text
from reprieve.record import glob
from reprieve.words import CheckType

NAME = "checkov"
_FAMILIES: tuple[tuple[str, CheckType], ...] = (
    ("CKV_SECRET_*", "secret"),
    ("BC_GIT_*", "secret"),
    ("CKV3_SAST_*", "code"),
    ("CVE-*", "vulnerability"),
    ("GHSA-*", "vulnerability"),
    ("PRISMA-*", "vulnerability"),
    ("BC_CVE_*", "vulnerability"),
    ("*_LIC_*", "license"),
)
_TYPES: frozenset[CheckType] = frozenset({"misconfiguration", "secret", "code", "vulnerability", "license"})
_SAFE = re.compile(r"[A-Za-z0-9_.*?-]*_[A-Za-z0-9_.*?-]*")


def kinds(pattern: str) -> frozenset[CheckType]:
    """What findings with such an id can be; an id of no known family is that of a misconfiguration."""
    found = {type_ for family, type_ in _FAMILIES if glob.intersect(pattern, family)}
    inside = any(_is_within(pattern, family) for family, _ in _FAMILIES)
    return frozenset(found if inside else found | {"misconfiguration"})


def _is_within(pattern: str, family: str) -> bool:
    """Whether the family plainly holds all that the pattern matches."""
    return glob.matches(family, pattern.replace("?", "_").replace("*", "_"))


EXPRESSES = Expresses(
    tool="Checkov",
    types=_TYPES,
    tests=frozenset({"checks"}),
    knows=frozenset({"namespaces", "resources", "paths", "packages"}),
    fixable=frozenset({"vulnerability"}),
    kinds=kinds,
)


def _write(job: Job) -> Written:
    fits = fit_all(job, EXPRESSES)
    left = list(fits.left)
    checks: dict[str, list[str]] = {}
    written = 0
    for fitted in fits.fitted:
        found = translated(fitted, "checks", of_one_kind(fitted, EXPRESSES, _skip), left)
        written += bool(found)
        for check in found:
            checks.setdefault(check, []).append(fitted.entry.grant.note)
    items = [Commented("; ".join(notes), check) for check, notes in sorted(checks.items())]
    text = yaml_text([{"skip-check": items}] if items else [], header(NAME))
    return Written({"": text}, written, tuple(left), tuple(fits.aside))


def _skip(pattern: str) -> str:
    if _SAFE.fullmatch(pattern) is None:
        raise ValueError("may mean something else than a check to Checkov: a namespace, a severity, a list")
    return pattern


FORMAT = Format(
    title="Checkov, skip-check",
    file=".checkov.yaml",
    says="ids with patterns, for a whole run",
    expiry="none: written while the record holds",
    write=_write,
)
