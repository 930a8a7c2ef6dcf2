"""What gates and scans said over time: verdicts kept as JSON, one moment each, and reports of now.

A folder of what `reprieve gate --output json` wrote is the memory; nothing else is kept anywhere. Results
are looked at one after the other, since a year of them does not fit into memory.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import msgspec

from reprieve import progress
from reprieve.collector import gc_paused
from reprieve.errors import ReportError, UsageError
from reprieve.findings import source as sources
from reprieve.findings.fingerprint import fingerprints
from reprieve.findings.model import Extent, Fault, Finding
from reprieve.findings.readers import reprieve as written
from reprieve.findings.reading import read_source, relocated
from reprieve.findings.source import Source
from reprieve.standing.radius import EnvironmentOf
from reprieve.words import Environment


class Place(msgspec.Struct, frozen=True):
    """A result that is there to be looked at."""

    path: str
    at: dt.datetime
    kept: bool
    """Whether it is a verdict that was kept; else a scanner's own report, of now."""


class Left(msgspec.Struct, frozen=True):
    """A file that was found and is no result."""

    path: str
    why: str


class Result(msgspec.Struct, frozen=True):
    """One result, read whole."""

    place: Place
    findings: list[Finding]
    environments: list[Environment]
    """One for each finding: what the gate then took it for."""
    fingerprints: list[str]
    whole: bool
    """Whether everything was looked at: what is missing from one that is not says nothing."""
    knows: dict[str, frozenset[str]]
    """Tool -> every check that it knows, where the report lists them."""
    extents: tuple[Extent, ...]
    """What the reports list as looked at; each with its environment."""
    clean: frozenset[tuple[str, str | None, str | None]]
    """Tool, cluster and repository of reports that found nothing at all."""
    digest: str
    """SHA-256 of the file, hexadecimal."""


class _Head(msgspec.Struct):
    now: dt.datetime
    simulated: bool = False


class _Row(written.Written):
    environment: Environment | None = None
    fingerprint: str | None = None


class _Problem(msgspec.Struct):
    rule: str


class _Read(written.Looked, kw_only=True):
    format: str
    findings: int
    cluster: str | None = None
    repository: str | None = None


class _Verdict(msgspec.Struct):
    findings: list[_Row]
    faults: list[Fault] = []
    problems: list[_Problem] = []
    reports: list[_Read] = []


def find(names: Sequence[str], now: dt.datetime) -> tuple[list[Place], list[Left]]:
    """The results that files and folders hold, oldest first, and what is none.

    A folder's JSON files that no gate wrote are left; one that is named must be a verdict or a report.
    Simulated verdicts are left everywhere. Errors: `ReportError`; `UsageError` when nothing is found.
    """
    places: dict[str, Place] = {}
    left: list[Left] = []
    files = [(file, named) for name in names for file, named in _files(name)]
    with progress.task("Looking for results", len(files), "files") as advance:
        for path, named in files:
            found = _place(path, now, named=named)
            if isinstance(found, Place):
                places[path] = found
            else:
                left.append(found)
            advance(1)
    if not places:
        raise UsageError(
            "no results here",
            where=", ".join(names),
            hint="keep what `reprieve gate … --output json` writes, or name a scanner's report",
        )
    return sorted(places.values(), key=lambda place: (place.at, place.path)), left


def read(
    place: Place,
    environment_of: EnvironmentOf,
    cluster: str | None = None,
    repository: str | None = None,
    *,
    format_: str | None = None,
) -> Result:
    """One result. The last three are about a scanner's own report. Errors: `ReportError`."""
    with gc_paused():
        source = sources.load(place.path)
        digest = hashlib.sha256(source.data).hexdigest()
        if place.kept:
            return _verdict(place, source, digest, environment_of)
        report = relocated(read_source(source, format=format_), cluster=cluster, repository=repository)
    return Result(
        place=place,
        findings=report.findings,
        environments=[environment_of(finding.cluster) for finding in report.findings],
        fingerprints=fingerprints(report.findings),
        whole=not report.unread and not report.faults,
        knows=report.knows,
        extents=_placed(report.extents, environment_of),
        clean=_clean(
            [
                _Read(
                    format=report.format,
                    findings=len(report.findings),
                    cluster=report.cluster,
                    repository=report.repository,
                )
            ]
        ),
        digest=digest,
    )


def _verdict(place: Place, source: Source, digest: str, environment_of: EnvironmentOf) -> Result:
    verdict = source.decode(_Verdict)
    findings = [written.finding_of(row) for row in verdict.findings]
    prints = [row.fingerprint for row in verdict.findings]
    return Result(
        place=place,
        findings=findings,
        environments=[row.environment or environment_of(row.cluster) for row in verdict.findings],
        fingerprints=[p for p in prints if p] if all(prints) else fingerprints(findings),
        whole=not verdict.faults and all(problem.rule != "unread" for problem in verdict.problems),
        knows=written.known(verdict.reports),
        extents=_placed((one for read in verdict.reports for one in read.extents), environment_of),
        clean=_clean(verdict.reports),
        digest=digest,
    )


def _placed(extents: Iterable[Extent], environment_of: EnvironmentOf) -> tuple[Extent, ...]:
    return tuple(
        extent
        if extent.environment
        else msgspec.structs.replace(extent, environment=environment_of(extent.cluster))
        for extent in extents
    )


def _clean(reports: Iterable[_Read]) -> frozenset[tuple[str, str | None, str | None]]:
    """A report says where it was taken only through its findings; without any, somebody must have said so."""
    return frozenset(
        (_tool(read.format), read.cluster, read.repository)
        for read in reports
        if not read.findings and (read.cluster or read.repository)
    )


def _tool(format_: str) -> str:
    """The tool that writes a format: `trivy` for `trivy-operator`. Formats of many tools are nobody's."""
    first = format_.partition("-")[0]
    return first if first in {"kubescape", "prowler", "trivy"} else format_


def _files(name: str) -> Iterator[tuple[str, bool]]:
    """Files, and whether somebody named them; of a folder what is JSON and not hidden, at any depth."""
    folder = Path(name)
    if not folder.is_dir():
        yield name, True
        return
    for path in sorted(folder.rglob("*.json")):
        hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
        if path.is_file() and not hidden:
            yield str(path), False


def _place(path: str, now: dt.datetime, *, named: bool) -> Place | Left:
    try:
        source = sources.load(path)
        is_verdict = written.recognises(source)
    except ReportError as error:
        if named:
            raise
        return Left(path, error.message)
    if not is_verdict:
        return Place(path, now, kept=False) if named else Left(path, "not what gate or scan wrote")
    try:
        head = source.decode(_Head)
    except ReportError as error:
        if named:
            raise
        return Left(path, error.message)
    if head.simulated:
        return Left(path, "a simulated verdict")
    at = head.now if head.now.tzinfo else head.now.replace(tzinfo=dt.UTC)
    return Place(path, at, kept=True)
