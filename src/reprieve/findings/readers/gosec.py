"""gosec JSON. Issues that the code or the configuration suppresses stay in the list, marked.

Source: securego/gosec `issue/issue.go`, `report.go`; `suppressions` since 2.12 with `-track-suppressions`.
Lines are text, `91` or `514-523`, and the code comes with its neighbours, each line numbered.
"""

from __future__ import annotations

import re

import msgspec

from reprieve.errors import ReportError
from reprieve.findings.model import Finding, Report
from reprieve.findings.readers.interface import Reader
from reprieve.findings.severity import severity_of_word
from reprieve.findings.source import Source

NAME = "gosec"

_HARDCODED_CREDENTIALS = "G101"


class _Suppression(msgspec.Struct, gc=False):
    kind: str | None = None
    justification: str | None = None


class _Issue(msgspec.Struct, gc=False):
    rule_id: str
    severity: str | None = None
    details: str | None = None
    file: str | None = None
    code: str | None = None
    line: str | int | None = None
    nosec: bool | None = None
    suppressions: list[_Suppression] | None = None


class _Stats(msgspec.Struct, gc=False):
    files: int | None = None


class _Document(msgspec.Struct, gc=False):
    issues: list[_Issue] | None = msgspec.field(name="Issues")
    errors: dict[str, object] | None = msgspec.field(name="Golang errors", default=None)
    stats: _Stats | None = msgspec.field(name="Stats", default=None)


def _recognises(source: Source) -> bool:
    return "Issues" in source.keys and bool(source.keys & {"Stats", "Golang errors", "GosecVersion"})


def _read(source: Source) -> Report:
    document = source.decode(_Document)
    issues = document.issues or []
    if not issues and document.errors and not (document.stats and document.stats.files):
        raise ReportError(
            f"gosec could not load a single file: {next(iter(document.errors))}",
            where=source.name,
            hint="run it where `go build` works",
        )
    return Report(
        source.name, NAME, [_finding(issue) for issue in issues], unread=tuple(document.errors or ())
    )


def _finding(issue: _Issue) -> Finding:
    start, end = _lines(issue.line)
    return Finding(
        type="code",
        check=issue.rule_id,
        severity=severity_of_word(issue.severity),
        tool=NAME,
        message=issue.details or issue.rule_id,
        path=issue.file.replace("\\", "/") or None if issue.file else None,
        line=start,
        end_line=end,
        context=_code(issue, start, end),
        suppressed=_suppressed(issue),
    )


def _lines(text: str | int | None) -> tuple[int | None, int | None]:
    first, _, last = str(text or "").partition("-")
    start = int(first) if first.isdigit() else None
    return start, int(last) if last.isdigit() else start


_NUMBERED = re.compile(r"^(\d+): ?(.*)$")


def _code(issue: _Issue, start: int | None, end: int | None) -> str:
    """The lines that the issue is about, without numbers; nothing where they hold a credential."""
    if issue.rule_id == _HARDCODED_CREDENTIALS or not issue.code:
        return ""
    own: list[str] = []
    for line in issue.code.splitlines():
        numbered = _NUMBERED.match(line)
        if numbered is None:
            own.append(line)
        elif start is None or end is None or start <= int(numbered[1]) <= end:
            own.append(numbered[2])
    return " ".join(" ".join(own).split())


def _suppressed(issue: _Issue) -> str | None:
    if issue.suppressions:
        return next((entry.justification for entry in issue.suppressions if entry.justification), "")
    return "" if issue.nosec else None


READER = Reader(NAME, "gosec JSON", _recognises, _read)
