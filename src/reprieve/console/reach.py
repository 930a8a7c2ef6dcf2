"""What an exception, or a draft of one, silences of the indexed findings: the gate's matcher over rows."""

from __future__ import annotations

import functools
import itertools
import operator
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import msgspec
from django.db.models import Q, QuerySet

from reprieve.console.index.models import Finding as Row
from reprieve.console.people.viewer import charter_in_force
from reprieve.findings.aliases import names_of
from reprieve.findings.model import Finding
from reprieve.match.model import Scoped
from reprieve.record import glob
from reprieve.record.charter import Charter
from reprieve.record.model import SCOPE_KEYS, Record, ScopeEntry
from reprieve.record.scope import values_of
from reprieve.register.snapshot import Case
from reprieve.standing.radius import Radius, blast
from reprieve.words import SEVERITIES

MOST = 200_000
"""Findings that one look goes through; what may be in scope is narrowed down by the database first."""

_COLUMN = {
    "clusters": "cluster",
    "namespaces": "namespace",
    "resources": "resource",
    "paths": "path",
    "images": "image",
    "repositories": "repository",
    "packages": "package",
    "fingerprints": "fingerprint",
}
_FIELDS = (
    "type",
    "check_id",
    "severity",
    "tool",
    "message",
    "aliases",
    "cluster",
    "namespace",
    "resource",
    "path",
    "line",
    "image",
    "package",
    "repository",
    "fix",
    "suppressed",
    "fingerprint",
)


Values = tuple[Any, ...]
"""Of a row's `_FIELDS`."""


class Reach(msgspec.Struct, frozen=True):
    """What would be silenced now."""

    radius: Radius
    complete: bool = True
    """False when there were more findings to look at than one look goes through."""
    scanned: bool = True
    """Whether there are findings at all."""


def reach(what: Record | Scoped, charter: Charter | None = None) -> Reach:
    """What a record silences of the findings that there are, as if it were active.

    Args:
        what: a record, or what the matcher knows of one.
        charter: its map of clusters; that of the charter in force when None.
    """
    if isinstance(what, Record):
        what = Scoped.of(what)
    findings, prints = candidates(what.scope)
    radius = blast(what, findings, prints, (charter or charter_in_force()).environment_of)
    return Reach(radius, len(findings) < MOST, bool(findings) or Row.objects.exists())


def count(case: Case, charter: Charter) -> int:
    """How many findings a record silences, all of them: what an approval says that it covers."""
    if case.record is None:
        return 0
    what = Scoped.of(case.record)
    rows = _rows(what.scope).iterator(chunk_size=5000)
    number = 0
    while portion := list(itertools.islice(rows, MOST)):
        number += blast(what, *_told(portion), charter.environment_of, samples=0).findings
    return number


def candidates(scope: Sequence[ScopeEntry]) -> tuple[list[Finding], list[str]]:
    """Every finding that may be in scope, and its fingerprint; `MOST` of them where there are more."""
    return _told(_rows(scope)[:MOST].iterator(chunk_size=5000))


def _rows(scope: Sequence[ScopeEntry]) -> QuerySet[Row, Values]:
    where = functools.reduce(operator.or_, (_entry(entry) for entry in scope), Q(pk=None))
    return Row.objects.filter(where).values_list(*_FIELDS)


def _told(rows: Iterable[Values]) -> tuple[list[Finding], list[str]]:
    findings, prints = [], []
    for values in rows:
        told = dict(zip(_FIELDS, values, strict=True))
        prints.append(told.pop("fingerprint"))
        findings.append(_finding(told))
    return findings, prints


def finding_of(row: Row) -> Finding:
    """A row of the index as the matcher takes it."""
    return _finding({name: getattr(row, name) for name in _FIELDS if name != "fingerprint"})


def _finding(told: dict[str, object]) -> Finding:
    severity = told.pop("severity")
    aliases = told.pop("aliases")
    return Finding(
        check=told.pop("check_id"),  # type: ignore[arg-type]  # as the columns are
        severity=SEVERITIES[severity],  # type: ignore[call-overload]
        aliases=tuple(aliases),  # type: ignore[arg-type]
        **told,  # type: ignore[arg-type]
    )


def _entry(entry: ScopeEntry) -> Q:
    """What the database can tell of an entry: never less than what is in scope."""
    where = Q(type=entry.type) if entry.type else Q()
    for key in SCOPE_KEYS:
        values = values_of(entry, key)
        if values:
            where &= _checks(values) if key == "checks" else _any(_COLUMN[key], values)
    return where


def _checks(values: Sequence[str]) -> Q:
    """By any spelling; a pattern, and a finding with names of its own, are left to the matcher."""
    if not all(glob.is_literal(value) for value in values):
        return Q()
    return Q(check_id__in={name for value in values for name in names_of(value)}) | ~Q(aliases=[])


def _any(column: str, patterns: Iterable[str]) -> Q:
    return functools.reduce(operator.or_, _each(column, patterns), Q(pk=None))


def _each(column: str, patterns: Iterable[str]) -> Iterator[Q]:
    for pattern in patterns:
        beginning = re.split(r"[*?]", pattern, maxsplit=1)[0]
        if beginning == pattern:
            yield Q(**{column: pattern})
        else:
            yield Q(**{f"{column}__startswith": beginning}) if beginning else ~Q(**{column: None})
