"""The matcher as the design states it, one finding and one exception at a time: slow, and plainly right."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import takewhile

from reprieve.findings.aliases import names_of
from reprieve.findings.model import Finding
from reprieve.match.model import Outcome, Scoped
from reprieve.record import glob
from reprieve.record.model import ScopeEntry
from reprieve.record.scope import values_of
from reprieve.words import Environment

FIELDS = {
    "clusters": "cluster",
    "namespaces": "namespace",
    "resources": "resource",
    "paths": "path",
    "images": "image",
    "repositories": "repository",
    "packages": "package",
}
COARSE = ("clusters", "namespaces", "images", "repositories")
FINE = ("resources", "paths")
WORST_FIRST = ("unknown", "critical", "high", "medium", "low", "info")
BEST_FIRST = ("excepted", "expired", "pending")
LETTERS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")


def outcomes(
    exceptions: Sequence[Scoped],
    environment_of: Callable[[str | None], Environment],
    findings: Sequence[Finding],
    fingerprints: Sequence[str],
) -> list[Outcome]:
    return [
        outcome(exceptions, environment_of(finding.cluster), finding, fingerprint)
        for finding, fingerprint in zip(findings, fingerprints, strict=True)
    ]


def outcome(
    exceptions: Sequence[Scoped], environment: Environment, finding: Finding, fingerprint: str
) -> Outcome:
    matching = [
        exception
        for exception in exceptions
        if exception.environment == environment
        and any(in_entry(entry, finding, fingerprint) for entry in exception.scope)
    ]
    covering = [exception for exception in matching if void_of(exception, finding) is None]
    covering.sort(key=lambda exception: BEST_FIRST.index(exception.disposition))
    voided = [e for e in matching if e.disposition == "excepted" and void_of(e, finding) is not None]
    excepted = bool(covering) and covering[0].disposition == "excepted"
    return Outcome(
        disposition=covering[0].disposition if covering else "open",
        environment=environment,
        exception=covering[0].id if covering else None,
        covering=tuple(exception.id for exception in covering),
        voided_by=f"{voided[0].id}: {void_of(voided[0], finding)}" if voided and not excepted else None,
        source="record" if covering else None,
    )


def in_entry(entry: ScopeEntry, finding: Finding, fingerprint: str) -> bool:
    return (
        (not entry.type or entry.type == finding.type)
        and admits(entry, "checks", *names_of(finding.check, finding.aliases))
        and admits(entry, "fingerprints", fingerprint)
        and all(admits(entry, key, getattr(finding, field)) for key, field in FIELDS.items())
    )


def admits(entry: ScopeEntry, key: str, *values: str | None) -> bool:
    return not values_of(entry, key) or matches(entry, key, *values)


def matches(entry: ScopeEntry, key: str, *values: str | None) -> bool:
    present = [value for value in values if value is not None]
    return any(glob.matches(pattern, value) for pattern in values_of(entry, key) for value in present)


def void_of(exception: Scoped, finding: Finding) -> str | None:
    for void in exception.voids:
        if void == "fix-available" and finding.fix is not None:
            return void
        if void == "severity-raised" and is_above(finding.severity, exception.risk):
            return void
    return None


def is_above(severity: str, risk: str) -> bool:
    return WORST_FIRST.index(severity) < WORST_FIRST.index(risk)


def covered(outcomes: Sequence[Outcome], findings: Sequence[Finding], *, native: bool) -> dict[str, int]:
    counts: dict[str, int] = {}
    for finding, given in zip(findings, outcomes, strict=True):
        if (finding.suppressed is not None) == native:
            for exception in given.covering:
                counts[exception] = counts.get(exception, 0) + 1
    return counts


def scanned(
    exceptions: Sequence[Scoped],
    environment_of: Callable[[str | None], Environment],
    findings: Sequence[Finding],
) -> frozenset[str]:
    return frozenset(
        exception.id
        for exception in exceptions
        for entry in exception.scope
        for finding in findings
        if exception.environment == environment_of(finding.cluster) and was_at(entry, finding)
    )


def was_at(entry: ScopeEntry, finding: Finding) -> bool:
    families = {leading_letters(name) for name in names_of(finding.check, finding.aliases)}
    return (
        (not entry.type or entry.type == finding.type)
        and (not entry.checks or any(may_be_of(p, family) for p in entry.checks for family in families))
        and is_near(entry, finding)
    )


def is_near(entry: ScopeEntry, finding: Finding) -> bool:
    coarse = [key for key in COARSE if values_of(entry, key)]
    if coarse:
        return all(matches(entry, key, getattr(finding, FIELDS[key])) for key in coarse)
    fine = [key for key in FINE if values_of(entry, key)]
    return not fine or any(matches(entry, key, getattr(finding, FIELDS[key])) for key in fine)


def may_be_of(pattern: str, family: str) -> bool:
    """A pattern that goes on with a wildcard where letters may still come says only how the family begins."""
    letters = leading_letters(pattern)
    if pattern[len(letters) :].startswith(("*", "?")):
        return family.startswith(letters)
    return family == letters


def leading_letters(text: str) -> str:
    return "".join(takewhile(LETTERS.__contains__, text))
