"""KICS JSON: one finding a file of each query.

Source: Checkmarx/kics `pkg/model/summary.go`. What its comments and configuration exclude is not in the
report; `bill_of_materials` is an inventory. Names of queries are no aliases: those of several platforms
share them. `similarity_id` tells two results apart and does not know the line. Files that it could not parse
are the difference of two counters.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from reprieve.findings.model import Finding, Report
from reprieve.findings.readers.interface import Reader
from reprieve.findings.severity import severity_of_word
from reprieve.findings.source import Source

NAME = "kics"


class _File(msgspec.Struct, gc=False):
    file_name: str | None = None
    similarity_id: str | None = None
    line: int | None = None
    resource_type: str | None = None
    resource_name: str | None = None
    search_key: str | None = None
    search_value: str | None = None
    actual_value: str | None = None


class _Query(msgspec.Struct, gc=False):
    query_id: str
    query_name: str
    files: list[_File] | None
    severity: str | None = None
    platform: str | None = None


class _Document(msgspec.Struct, gc=False):
    queries: list[_Query] | None
    files_scanned: int | None = None
    files_parsed: int | None = None
    files_failed_to_scan: int | None = None
    queries_failed_to_execute: int | None = None


def _recognises(source: Source) -> bool:
    return "queries" in source.keys and bool(source.keys & {"queries_total", "files_scanned", "kics_version"})


def _read(source: Source) -> Report:
    document = source.decode(_Document)
    findings = [_finding(query, file) for query in document.queries or () for file in query.files or ()]
    return Report(source.name, NAME, findings, unread=tuple(_unread(document)))


def _unread(document: _Document) -> Iterator[str]:
    """What its counters say was not looked at; it does not name the files."""
    found = document.files_scanned or 0
    parsed = found if document.files_parsed is None else document.files_parsed
    failed = max(document.files_failed_to_scan or 0, found - parsed)
    if failed > 0:
        yield f"{failed} of {found} files"
    if (document.queries_failed_to_execute or 0) > 0:
        yield f"what {document.queries_failed_to_execute} of its queries look for"


def _finding(query: _Query, file: _File) -> Finding:
    is_secret = query.query_name.startswith("Passwords And Secrets")
    actual = None if is_secret else file.actual_value  # of a secret, it may quote the line
    return Finding(
        type="secret" if is_secret else "misconfiguration",
        check=query.query_id or "unknown-rule",
        severity=severity_of_word(query.severity),
        tool=NAME,
        message=f"{query.query_name}: {actual}" if actual else query.query_name,
        resource=_resource(query, file),
        path=file.file_name.replace("\\", "/") if file.file_name else None,
        line=file.line if file.line and file.line > 0 else None,
        context=_context(file, is_secret),
    )


def _context(file: _File, is_secret: bool) -> str:
    if file.similarity_id or is_secret:
        return file.similarity_id or ""
    return f"{file.search_key or ''}\n{file.search_value or ''}".strip()


def _resource(query: _Query, file: _File) -> str | None:
    """`Kind/name` for Kubernetes, the address for everything else; KICS writes `n/a` for a name it lacks."""
    kind, name = file.resource_type, file.resource_name
    if not kind or not name or name == "n/a":
        return None
    return f"{kind}/{name}" if query.platform == "Kubernetes" else f"{kind}.{name}"


READER = Reader(NAME, "KICS JSON", _recognises, _read)
