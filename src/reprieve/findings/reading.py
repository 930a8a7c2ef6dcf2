"""From files to findings: load, recognise, read."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec

from reprieve import progress
from reprieve.collector import gc_paused
from reprieve.errors import ReportError, UsageError
from reprieve.findings import source as sources
from reprieve.findings.model import Finding, Report
from reprieve.findings.readers import FORMATS, reader_of, readers
from reprieve.findings.readers.interface import Reader
from reprieve.findings.source import MAX_REPORT_SIZE, Source


def read_report(path: str, *, format: str | None = None, max_size: int = MAX_REPORT_SIZE) -> Report:  # noqa: A002
    """One scanner's report.

    Args:
        path: a file, or `-` for standard input.
        format: a key of `readers.FORMATS`; recognised by content when None.
        max_size: refuse larger files, in bytes.

    Errors: `ReportError` for anything that cannot be read whole; `UsageError` for an unknown format.
    """
    may_be_empty = format is not None and _named(format).is_silent
    with gc_paused():
        return read_source(sources.load(path, max_size=max_size, may_be_empty=may_be_empty), format=format)


def read_with_progress(path: str, *, format: str | None = None, max_size: int = MAX_REPORT_SIZE) -> Report:  # noqa: A002
    """The same, with a sign of life while it lasts; not for a pipe, whose other end may show its own."""
    if not Path(path).is_file():
        return read_report(path, format=format, max_size=max_size)
    with progress.task(f"Reading {Path(path).name}"):
        return read_report(path, format=format, max_size=max_size)


def read_source(source: Source, *, format: str | None = None) -> Report:  # noqa: A002
    """The same for a source at hand."""
    return (_named(format) if format else recognise(source)).read(source)


def recognise(source: Source) -> Reader:
    """The first reader, most specific first, that knows this source. Errors: `ReportError` if none does."""
    for reader in readers():
        if reader.recognises(source):
            return reader
    seen = ", ".join(sorted(source.keys)[:8]) or "nothing"
    raise ReportError(
        f"a format nobody here knows ({source.shape} with {seen})",
        where=source.name,
        hint="name it with --format, or convert it to SARIF; the README lists the formats",
    )


def relocated(report: Report, *, cluster: str | None = None, repository: str | None = None) -> Report:
    """The report with the caller's word for where it was taken, over whatever the tool wrote."""
    changes: dict[str, Any] = {
        key: value for key, value in (("cluster", cluster), ("repository", repository)) if value
    }
    if not changes:
        return report
    moved: list[Finding] = [msgspec.structs.replace(finding, **changes) for finding in report.findings]
    extents = tuple(msgspec.structs.replace(extent, **changes) for extent in report.extents)
    return msgspec.structs.replace(report, findings=moved, extents=extents, **changes)


def _named(name: str) -> Reader:
    if name not in FORMATS:
        import difflib

        near = difflib.get_close_matches(name, FORMATS, n=1)
        hint = f"did you mean {near[0]}?" if near else "one of: " + ", ".join(FORMATS)
        raise UsageError(f"unknown format {name!r}", hint=hint)
    return reader_of(name)
