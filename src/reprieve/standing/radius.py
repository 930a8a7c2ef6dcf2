"""How far an exception reaches: what it silences in some reports, by where, how severe and which check.

Whatever its status is: the reach of a request, of a draft or of what has expired is what it would silence.
One pass over the findings for any number of exceptions, by the matcher of the gate.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import chain

import msgspec

from reprieve.findings.fingerprint import fingerprints as fingerprints_of
from reprieve.findings.model import Finding
from reprieve.match.answers import void_of
from reprieve.match.matcher import Matcher
from reprieve.match.model import Outcome, Scoped
from reprieve.record.model import Record, ScopeEntry
from reprieve.words import SEVERITIES, Environment, Severity

EnvironmentOf = Callable[[str | None], Environment]
"""Cluster -> environment; a charter's `environment_of`."""

SAMPLES = 5


class Share(msgspec.Struct, frozen=True):
    """How many findings have one value; None for those that have none."""

    value: str | None
    findings: int


class Radius(msgspec.Struct, frozen=True):
    """What one exception silences."""

    findings: int = 0
    """In scope, of its environment, and not void for them."""
    native: int = 0
    """Those of them that the scanner itself suppressed: they are there, and something else hides them too."""
    voided: int = 0
    """In scope, and open all the same: one of its voids applies."""
    clusters: tuple[Share, ...] = ()
    """Most findings first, as the next two."""
    namespaces: tuple[Share, ...] = ()
    checks: tuple[Share, ...] = ()
    severities: tuple[Share, ...] = ()
    """Worst first."""
    samples: tuple[Finding, ...] = ()
    """The worst few, of different places and checks where there are."""


def blast(
    what: Record | Scoped | Sequence[ScopeEntry],
    findings: Sequence[Finding],
    fingerprints: Sequence[str] | None = None,
    environment_of: EnvironmentOf | None = None,
    *,
    samples: int = SAMPLES,
) -> Radius:
    """What a record, or a scope alone, silences of these findings.

    Args:
        what: a record, or what the matcher knows of one; or scope entries, in any environment.
        findings: of any number of reports.
        fingerprints: one for each finding; worked out, as if of one report, when they are needed and None.
        environment_of: a charter's map; None when all findings are of the record's environment.
        samples: how many findings to name.
    """
    if isinstance(what, Record):
        what = Scoped.of(what)
    if isinstance(what, Scoped):
        return _reach([what], findings, fingerprints, environment_of, samples)[what.id]
    return _reach([_bare(what)], findings, fingerprints, None, samples)[""]


def blasts(
    records: Iterable[Record],
    findings: Sequence[Finding],
    fingerprints: Sequence[str] | None = None,
    environment_of: EnvironmentOf | None = None,
    *,
    samples: int = SAMPLES,
) -> dict[str, Radius]:
    """The same for many records in one pass, by their ids, which must differ; also what silences nothing."""
    exceptions = [Scoped.of(record) for record in records]
    return _reach(exceptions, findings, fingerprints, environment_of, samples)


def _bare(scope: Sequence[ScopeEntry]) -> Scoped:
    return Scoped("", "excepted", "production", "critical", (), tuple(scope))


class _Group(msgspec.Struct, frozen=True):
    """Findings that are the same to a radius."""

    outcome: Outcome
    cluster: str | None
    namespace: str | None
    check: str
    severity: Severity
    has_fix: bool
    native: bool
    first: tuple[int, ...]
    """Indexes of the first few."""
    number: int


def _reach(
    exceptions: Sequence[Scoped],
    findings: Sequence[Finding],
    fingerprints: Sequence[str] | None,
    environment_of: EnvironmentOf | None,
    samples: int,
) -> dict[str, Radius]:
    """Voids are applied to groups afterwards: the matcher does not tell what is void for whom."""
    by_id = {exception.id: exception for exception in exceptions}
    if len(by_id) != len(exceptions):
        raise ValueError("two records have one id")
    matcher = Matcher(
        [_for_matching(exception, everywhere=environment_of is None) for exception in exceptions],
        environment_of or (lambda _: "production"),
    )
    if matcher.needs_fingerprints and fingerprints is None:
        fingerprints = fingerprints_of(findings)
    groups = _groups(findings, matcher.outcomes(findings, fingerprints), samples)
    own: defaultdict[str, list[_Group]] = defaultdict(list)
    for group in groups:
        for identifier in group.outcome.covering:
            own[identifier].append(group)
    return {identifier: _radius(one, own[identifier], findings, samples) for identifier, one in by_id.items()}


def _for_matching(exception: Scoped, *, everywhere: bool) -> Scoped:
    changes: dict[str, object] = {"voids": ()}
    if everywhere:
        changes["environment"] = "production"
    return msgspec.structs.replace(exception, **changes)


def _groups(findings: Sequence[Finding], outcomes: Sequence[Outcome], samples: int) -> list[_Group]:
    """Outcomes are shared objects, so that their identity stands for them."""
    first: defaultdict[tuple[object, ...], list[int]] = defaultdict(list)
    number: Counter[tuple[object, ...]] = Counter()
    for index, (finding, outcome) in enumerate(zip(findings, outcomes, strict=True)):
        if outcome.exception is None:
            continue
        key = (
            id(outcome),
            finding.cluster,
            finding.namespace,
            finding.check,
            finding.severity,
            finding.fix is None,
            finding.suppressed is None,
        )
        number[key] += 1
        if number[key] <= max(samples, 1):
            first[key].append(index)
    return [_group(findings[at[0]], outcomes[at[0]], at, number[key]) for key, at in first.items()]


def _group(finding: Finding, outcome: Outcome, first: Sequence[int], number: int) -> _Group:
    return _Group(
        outcome=outcome,
        cluster=finding.cluster,
        namespace=finding.namespace,
        check=finding.check,
        severity=finding.severity,
        has_fix=finding.fix is not None,
        native=finding.suppressed is not None,
        first=tuple(first),
        number=number,
    )


def _radius(exception: Scoped, groups: Sequence[_Group], findings: Sequence[Finding], samples: int) -> Radius:
    silenced, voided = [], 0
    for group in groups:
        if void_of(exception, (group.has_fix, group.severity)):
            voided += group.number
        else:
            silenced.append(group)
    severities = _shares((group.severity, group.number) for group in silenced)
    return Radius(
        findings=sum(group.number for group in silenced),
        native=sum(group.number for group in silenced if group.native),
        voided=voided,
        clusters=_shares((group.cluster, group.number) for group in silenced),
        namespaces=_shares((group.namespace, group.number) for group in silenced),
        checks=_shares((group.check, group.number) for group in silenced),
        severities=tuple(sorted(severities, key=_by_severity)),
        samples=tuple(findings[index] for index in _samples(silenced, samples)),
    )


def _samples(groups: Sequence[_Group], number: int) -> list[int]:
    """One of each group, worst first, before a second of any."""
    worst = sorted(groups, key=lambda group: (_SEVERITY[group.severity], group.first))
    rounds = ([group.first[turn : turn + 1] for group in worst] for turn in range(number))
    return list(chain.from_iterable(chain.from_iterable(rounds)))[:number]


def _shares(counted: Iterable[tuple[str | None, int]]) -> tuple[Share, ...]:
    """Most findings first; of as many, by name, those without a value last."""
    numbers: Counter[str | None] = Counter()
    for value, number in counted:
        numbers[value] += number
    found = [Share(value, number) for value, number in numbers.items()]
    return tuple(sorted(found, key=lambda share: (-share.findings, share.value is None, share.value or "")))


_SEVERITY: Mapping[str | None, int] = {severity: rank for rank, severity in enumerate(SEVERITIES)}


def _by_severity(share: Share) -> int:
    return _SEVERITY[share.value]
