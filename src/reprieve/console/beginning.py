"""What a request can begin with: a finding of a scan, or a check by its name; and the search for both."""

from __future__ import annotations

import datetime as dt
from typing import Any, NamedTuple

import msgspec

from reprieve.console.index import queries
from reprieve.console.index.models import CheckTally, Finding
from reprieve.console.known_checks import checks, known
from reprieve.console.people.viewer import charter_in_force
from reprieve.console.reach import candidates, finding_of
from reprieve.match.exact import exact_scope
from reprieve.policy.catalogue import spellings
from reprieve.record.charter import Charter
from reprieve.record.model import ScopeEntry

_SHOWN = 8
_RISK_OF = {"info": "low", "unknown": "high"}
"""The risk of a severity that is none."""


class Beginning(NamedTuple):
    """What stands in the form from the start."""

    scope: list[dict[str, Any]]
    fields: dict[str, str]


class KnownCheck(NamedTuple):
    """A check that a search finds."""

    id: str
    title: str
    findings: int


class Found(NamedTuple):
    """What a search finds."""

    checks: list[KnownCheck]
    findings: list[Finding]


def of_finding(key: int) -> Beginning | None:
    """The scope that covers exactly one finding, as `request --from` writes it; None when it is gone."""
    row = Finding.objects.filter(pk=key).first()
    if row is None:
        return None
    finding, charter = finding_of(row), charter_in_force()
    (alone,) = exact_scope([0], [finding], [row.fingerprint])
    around, prints = candidates((msgspec.convert(alone, ScopeEntry),))
    at = next((n for n, print_ in enumerate(prints) if print_ == row.fingerprint), None)
    scope = exact_scope([at], around, prints) if at is not None else [alone]
    risk = _RISK_OF.get(finding.severity, finding.severity)
    return Beginning(scope, {"risk": risk, "environment": charter.environment_of(finding.cluster)})


def of_check(name: str) -> Beginning:
    """The check alone: the place is still to be said."""
    row = CheckTally.objects.filter(check_id=name).first()
    kind = row.type if row else "misconfiguration" if known(name) else ""
    return Beginning([{"checks": [name[:500]], **({"type": kind} if kind else {})}], {})


def search(words: str) -> Found:
    """Checks and current findings that all of the words are about."""
    parts = words.lower().split()
    ours = [
        check
        for check in checks()
        if all(part in " ".join((*spellings(check), check.title)).lower() for part in parts)
    ]
    lines = queries.by_check(queries.Filters(q=words)).lines[:_SHOWN]
    found = [KnownCheck(line.check, _title(line.check) or line.title, line.raw) for line in lines]
    named = {spelling for line in lines for spelling in _spellings(line.check)}
    found += [KnownCheck(check.id, check.title, 0) for check in ours if check.id not in named]
    rows = queries.findings(queries.Filters(q=words, disposition="open"), size=_SHOWN).findings
    return Found(found[:_SHOWN], rows)


def longest(charter: Charter, today: dt.date) -> dt.date:
    """The last day that a request of today may hold until."""
    return today + dt.timedelta(days=charter.limits.duration_days)


def _title(name: str) -> str:
    check = known(name)
    return check.title if check else ""


def _spellings(name: str) -> tuple[str, ...]:
    check = known(name)
    return spellings(check) if check else (name,)
