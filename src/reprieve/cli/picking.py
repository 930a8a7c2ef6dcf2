"""Picking failing findings from a report, in a terminal or by fingerprint."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from typing import Any, NamedTuple

import click

from reprieve.errors import UsageError
from reprieve.findings.fingerprint import fingerprints
from reprieve.findings.model import Finding
from reprieve.findings.reading import read_report
from reprieve.match.exact import exact_scope
from reprieve.report.place import place
from reprieve.report.text import clean
from reprieve.words import SEVERITIES


class Picked(NamedTuple):
    """What was picked from a report."""

    scope: list[dict[str, Any]]
    """Covers exactly that, as a record's front matter has it."""
    worst: str
    """The risk of the worst of it."""
    findings: list[Finding]
    """The report's, all of them."""
    fingerprints: list[str]


def scope_from_report(path: str, wanted: Sequence[str]) -> Picked:
    """The scope that covers exactly what is picked, and the risk of the worst of it.

    Errors: `UsageError` when nothing is picked, or a fingerprint is not in the report.
    """
    report = read_report(path)
    prints = fingerprints(report.findings)
    failing = [index for index, finding in enumerate(report.findings) if finding.suppressed is None]
    if not failing:
        raise UsageError("nothing fails in this report", where=path)
    if wanted:
        chosen = [index for text in wanted for index in _by_fingerprint(prints, failing, text, path)]
    elif sys.stdin.isatty() and sys.stderr.isatty():
        chosen = _ask([report.findings[index] for index in failing], failing)
    else:
        listing = "\n".join(f"    {prints[i]}  {_line(report.findings[i])}" for i in failing[:20])
        more = f"\n    … and {len(failing) - 20} more" if len(failing) > 20 else ""
        raise UsageError(
            "nothing was picked, and there is no terminal to ask in",
            where=path,
            hint=f"pick with --finding FINGERPRINT:\n{listing}{more}",
        )
    worst = _worst([report.findings[index] for index in chosen])
    return Picked(exact_scope(chosen, report.findings, prints), worst, report.findings, prints)


def _by_fingerprint(prints: Sequence[str], failing: Sequence[int], text: str, path: str) -> list[int]:
    """The findings of one fingerprint: several, of a secret that is in several places."""
    found = [index for index in failing if prints[index].startswith(text.lower())]
    different = len({prints[index] for index in found})
    if len(text) < 6 or different != 1:
        many = f"{different} fingerprints start" if found else "no failing finding starts"
        raise UsageError(
            f"--finding {text}: {many} with it", where=path, hint="six or more digits of one fingerprint"
        )
    return found


def _ask(findings: Sequence[Finding], indexes: Sequence[int]) -> list[int]:
    for number, finding in enumerate(findings, start=1):
        click.echo(f"{number:4d}  {_line(finding)}", err=True)
    answer = click.prompt("Which? (1, 3-5, all)", err=True)
    return [indexes[number - 1] for number in _numbers(answer, len(findings))]


def _numbers(answer: str, last: int) -> list[int]:
    """`1, 3-5` as numbers. Errors: `UsageError`."""
    if answer.strip().lower() == "all":
        return list(range(1, last + 1))
    numbers: set[int] = set()
    for part in re.split(r"[,\s]+", answer.strip()):
        match = re.fullmatch(r"(\d+)(?:-(\d+))?", part)
        first, final = (int(match[1]), int(match[2] or match[1])) if match else (0, 0)
        if not 1 <= first <= final <= last:
            raise UsageError(f"expected numbers from 1 to {last}, got {part!r}")
        numbers.update(range(first, final + 1))
    return sorted(numbers)


def _line(finding: Finding) -> str:
    return f"{finding.severity:8}  {clean(finding.check)}  {place(finding)}"


def _worst(findings: Sequence[Finding]) -> str:
    worst = min((SEVERITIES.index(finding.severity) for finding in findings), default=1)
    return {"info": "low", "unknown": "high"}.get(SEVERITIES[worst], SEVERITIES[worst])
