"""Reports come in: read as the gate reads them, judged by what the index is judged by, and merged.

A report is read whole before anything is written, and written in one transaction: a broken one changes
nothing. The same report again changes nothing either; another report of the target takes its place.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import Counter
from collections.abc import Sequence
from typing import IO, NamedTuple

import msgspec
from django.db import transaction

from reprieve.collector import gc_paused
from reprieve.console.index import grounds, staging, tallies, text
from reprieve.console.index.found import Coverage, Scan, Target
from reprieve.console.index.glance import look_again, state
from reprieve.console.index.merging import Merged, Staged, merge
from reprieve.console.index.naming import Identity, identify
from reprieve.console.index.staged import Rows
from reprieve.console.index.turns import turn
from reprieve.errors import ReportError, ReprieveError, UsageError
from reprieve.findings import source as sources
from reprieve.findings.fingerprint import fingerprints
from reprieve.findings.model import Report
from reprieve.findings.readers import FORMATS, reader_of
from reprieve.findings.reading import read_source, recognise, relocated
from reprieve.findings.source import Source
from reprieve.match.model import Outcome
from reprieve.words import ENVIRONMENTS

PATIENCE = 20.0
"""Seconds to wait for another upload before this one is sent away."""
_PORTION = 2000


class BusyError(ReprieveError):
    """Another upload is being written. On the web: 503."""


class Upload(NamedTuple):
    """What the uploader says of a report; what is empty is left to the report."""

    source: str
    """Its name."""
    by: str
    """An e-mail address."""
    cluster: str = ""
    repository: str = ""
    target: str = ""
    format: str = ""
    environment: str = ""
    taken: dt.datetime | None = None
    """When the scan was made; now when None."""


class Taken(NamedTuple):
    """What came of an upload."""

    scan: Scan
    known: bool
    """Whether it is the one that was there already: nothing was written."""
    changed: int = 0
    """Findings that the scan before had too, and that are not as they were."""


def take(file: IO[bytes], upload: Upload, now: dt.datetime) -> Taken:
    """Takes a report in.

    Errors: `ReportError` for one that cannot be read whole or kept, `UsageError` for what the uploader says
    of it, `BusyError` when others are first. Nothing is changed then.
    """
    raw = file.read()
    digest = hashlib.sha256(raw).hexdigest()
    source = _source(raw, upload)
    format_ = upload.format or recognise(source).name
    _check(upload, now)
    identity = identify(
        source,
        format_,
        target=upload.target,
        cluster=upload.cluster,
        repository=upload.repository,
    )
    if (known := _known(identity, digest, upload)) is not None:
        return Taken(known, known=True)
    with turn("findings", wait=PATIENCE) as held:
        if not held:
            raise BusyError("another report is being taken in", hint="send it again in a while")
        if (known := _known(identity, digest, upload)) is not None:
            return Taken(known, known=True)
        with gc_paused():
            report = read_source(source, format=format_)
            placed = relocated(report, cluster=identity.cluster or None, repository=upload.repository or None)
        looked = _looked(source, format_)
        del raw, source, report  # of a large report there is room for its findings, which take longest
        return _keep(placed, identity, looked, digest, upload, now)


def _source(raw: bytes, upload: Upload) -> Source:
    if upload.format and upload.format not in FORMATS:
        raise UsageError(f"unknown format {upload.format!r}", hint="one of: " + ", ".join(FORMATS))
    may_be_empty = bool(upload.format) and reader_of(upload.format).is_silent
    return sources.parse(upload.source, raw, may_be_empty=may_be_empty)


def _check(upload: Upload, now: dt.datetime) -> None:
    if upload.environment and upload.environment not in ENVIRONMENTS:
        expected = ", ".join(ENVIRONMENTS)
        raise UsageError(f"environment: expected one of {expected}, got {upload.environment!r}")
    if upload.taken is not None and upload.taken > now + dt.timedelta(minutes=5):
        raise UsageError(f"the scan was taken in the future: {upload.taken.isoformat()}")


def _known(identity: Identity, digest: str, upload: Upload) -> Scan | None:
    """The target's latest scan, when it is this one."""
    found = Scan.objects.select_related("target").filter(target__key=text.digest(*identity), latest=True)
    scan = found.first()
    if scan is None or scan.digest != digest or scan.target.environment != upload.environment:
        return None
    return scan


def _keep(
    report: Report, identity: Identity, looked: dict[str, int], digest: str, upload: Upload, now: dt.datetime
) -> Taken:
    ground = grounds.of_index()
    judge = ground.judge(upload.environment)
    prints = fingerprints(report.findings)
    outcomes = judge.outcomes(report.findings, prints)
    staged = Staged()
    try:
        _fill(staged, Rows(report, prints, outcomes, native=judge.accepts_native))
        with transaction.atomic():
            target = _target(identity, upload)
            taken = upload.taken or max(now, target.scanned_at or now)  # another may have come meanwhile
            merged = merge(target.pk, taken)
            _write_coverage(target, judge.covered())
            target.scanned_at, target.findings = taken, len(report.findings)
            target.environment, target.grounds = upload.environment, state().grounds
            target.save()
            scan = _scan(report, target, merged, upload)
            scan.digest, scan.looked = digest, looked
            scan.taken_at, scan.uploaded_at = taken, now
            scan.counts = _counts(report, outcomes, native=judge.accepts_native)
            Scan.objects.filter(target=target, latest=True).update(latest=False)
            scan.save()
            tallies.told_apart()
    finally:
        staged.close()
        look_again()
    return Taken(scan, known=False, changed=merged.changed)


def _fill(staged: Staged, rows: Rows) -> None:
    staging.fill("staged", staged.findings, rows.findings())
    staging.fill("staged_place", staged.places, rows.places())
    staging.fill("staged_subject", staged.subjects, rows.subjects())


def _target(identity: Identity, upload: Upload) -> Target:
    names = {
        "name": text.storable(identity.name),
        "tool": text.cut(identity.tool, 100),
        "cluster": text.storable(identity.cluster),
        "repository": text.storable(identity.repository),
    }
    if len(identity.cluster.encode()) > 500:
        raise ReportError("a cluster's name of more than 500 bytes", where=upload.source)
    target, _ = Target.objects.get_or_create(key=text.digest(*identity), defaults=names)
    if upload.taken is not None and target.scanned_at is not None and upload.taken < target.scanned_at:
        raise UsageError(
            f"an older scan than the one that is here, of {target.scanned_at.isoformat()}",
            where=upload.source,
            hint="push scans in the order in which they were taken",
        )
    return target


def _write_coverage(target: Target, covered: dict[int, int]) -> None:
    Coverage.objects.filter(target=target).delete()
    Coverage.objects.bulk_create(
        [Coverage(target=target, number=number, covered=many) for number, many in sorted(covered.items())],
        batch_size=_PORTION,
    )
    tallies.count_covered()


def _scan(report: Report, target: Target, merged: Merged, upload: Upload) -> Scan:
    faults = text.storable_json(msgspec.to_builtins(report.faults))
    return Scan(
        target=target,
        format=report.format,
        source=text.storable(upload.source),
        uploaded_by=text.cut(upload.by, 255),
        findings=len(report.findings),
        new=merged.new,
        gone=merged.gone,
        passed=report.passed,
        unread=text.storable_json(report.unread),
        faults=faults,
    )


def _counts(report: Report, outcomes: Sequence[Outcome], *, native: bool) -> dict[str, dict[str, int]]:
    counted = Counter(
        (finding.severity, "native" if native and finding.suppressed is not None else outcome.disposition)
        for finding, outcome in zip(report.findings, outcomes, strict=True)
    )
    found: dict[str, dict[str, int]] = {}
    for (severity, disposition), number in sorted(counted.items()):
        found.setdefault(severity, {})[disposition] = number
    return found


class _Looked(msgspec.Struct):
    applied: dict[str, int] = {}


def _looked(source: Source, format_: str) -> dict[str, int]:
    """Check id -> documents that it looked at, as our own scan says."""
    if format_ != "reprieve" or "scan" not in source.fields:
        return {}
    try:
        applied = msgspec.json.decode(source.fields["scan"], type=_Looked).applied
    except msgspec.DecodeError as error:
        raise ReportError(f"`scan`: {error}", where=source.name) from None
    return {text.storable(check): number for check, number in applied.items()}
