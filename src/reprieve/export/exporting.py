"""One export, from a register and reports to the files of a format."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from reprieve.errors import UsageError
from reprieve.export import format_of
from reprieve.export.grants import grants_of
from reprieve.export.interface import Format, Given, Job, Target, Written
from reprieve.findings import source as sources
from reprieve.findings.fingerprint import fingerprints
from reprieve.findings.reading import read_source, relocated
from reprieve.register.register import Register
from reprieve.words import ExportFormat

_NOTHING = "none-found"
"""The format of a report that says nothing but that there is nothing."""


def export(
    name: ExportFormat,
    register: Register,
    now: dt.datetime,
    target: Target,
    reports: Sequence[str] = (),
) -> Written:
    """What a native file holds at a moment.

    Args:
        name: of the format.
        register: whose active records are written.
        now: the moment, aware.
        target: what the scans are of that will use the file.
        reports: files, for the formats that name findings one by one.

    Errors: `UsageError` for reports that are missing or not taken, `ReportError` for one that cannot be read.
    """
    native = format_of(name)
    _require_reports(name, native, reports)
    given = [_given(path, name, native, target) for path in reports]
    return native.write(Job(grants_of(register, now), target, given))


def _require_reports(name: str, native: Format, reports: Sequence[str]) -> None:
    if native.reports == "needed" and not reports:
        what = " or ".join(native.reads) or "any scanner's"
        raise UsageError(
            f"{name} names findings one by one, so it needs the reports that they are in",
            hint=f"reprieve export {name} REPORT…, with the current report ({what})",
        )
    if native.reports == "none" and reports:
        raise UsageError(f"{name} is written from records alone: it takes no reports", where=reports[0])


def _given(path: str, name: str, native: Format, target: Target) -> Given:
    source = sources.load(path)
    report = relocated(read_source(source), cluster=target.cluster, repository=target.repository)
    if native.reads and report.format not in {*native.reads, _NOTHING}:
        raise UsageError(
            f"{name} is made from reports of {' or '.join(native.reads)}, and this is one of {report.format}",
            where=path,
        )
    return Given(source, report.format, report.findings, fingerprints(report.findings))
