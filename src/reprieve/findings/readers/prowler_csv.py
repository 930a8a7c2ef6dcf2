"""Prowler's CSV of every version, separated by semicolons (3, 4, 5) or commas (2).

Source: prowler-cloud/prowler `prowler/lib/outputs/csv/csv.py`; for version 3 `prowler/lib/outputs/models.py`
(tag 3.11.0), for version 2 `include/outputs` and `include/csv_header` (tag 2.9.0). A mute is the column
MUTED since version 4, the status MUTED or WARNING before. Version 2 has no check id of its own: it is
in brackets in front of the title.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator

from reprieve.errors import ReportError
from reprieve.findings.extents import Listed
from reprieve.findings.model import Finding, Report
from reprieve.findings.readers.clouds import cluster_of
from reprieve.findings.readers.interface import Reader
from reprieve.findings.readers.prowler_ocsf import (
    cluster_of_finding,
    namespace_of,
    report_of,
    resource_of,
    type_of,
)
from reprieve.findings.severity import severity_of_word
from reprieve.findings.source import Source

NAME = "prowler-csv"

PASSED_WORDS = frozenset({"PASS", "MANUAL", "INFO"})
_MUTED_WORDS = frozenset({"MUTED", "WARNING"})
_CHECK_IN_TITLE = re.compile(r"\[(?P<check>[\w.-]+)\] ?")
Row = dict[str, str]


def _recognises(source: Source) -> bool:
    return source.shape == "csv" and (
        {"CHECK_ID", "STATUS", "SEVERITY"} <= source.keys or {"TITLE_ID", "CHECK_RESULT"} <= source.keys
    )


def _read(source: Source) -> Report:
    findings: list[Finding] = []
    listed = Listed()
    passed = 0
    is_v2 = "CHECK_RESULT" in source.keys
    for row in _rows_v2(source) if is_v2 else source.rows():
        status = _status(source, row)
        found = _finding_v2(row, status) if is_v2 else finding_of(row, status)
        listed.add(found, row.get("PROVIDER", "").lower())
        if status in PASSED_WORDS:
            passed += 1
        else:
            findings.append(found)
    return report_of(source, NAME, findings, listed, passed)


def _rows_v2(source: Source) -> Iterator[Row]:
    """Version 2 wrote its fields unquoted: a comma in a text adds a column, which is no reason to refuse."""
    text = io.StringIO(source.data.decode("utf-8", "replace"), newline="")
    try:
        for row in csv.DictReader(text):
            yield {key: value or "" for key, value in row.items() if isinstance(key, str)}
    except csv.Error as error:
        raise ReportError(f"malformed CSV: {error}", where=source.name) from None


def _status(source: Source, row: Row) -> str:
    status = row.get("STATUS") or row.get("CHECK_RESULT")
    if not status:
        raise ReportError("a row without a status", where=source.name, hint="was the copy cut off?")
    return status.upper()


def finding_of(row: Row, status: str) -> Finding:
    """The finding of a row with the columns of version 3 or later."""
    provider = row.get("PROVIDER", "").lower()
    uid = row.get("RESOURCE_UID") or row.get("RESOURCE_ARN") or row.get("RESOURCE_ID")
    name = row.get("RESOURCE_NAME") or None
    finding_uid = row.get("FINDING_UID") or row.get("FINDING_UNIQUE_ID") or ""
    is_kubernetes = provider == "kubernetes"
    account = row.get("ACCOUNT_UID") or cluster_of_finding(finding_uid)
    check = row["CHECK_ID"] or "unidentified check"
    is_muted = row.get("MUTED", "").lower() == "true" or status in _MUTED_WORDS
    return Finding(
        type=type_of(check),
        check=check,
        severity=severity_of_word(row.get("SEVERITY")),
        tool="prowler",
        message=row.get("STATUS_EXTENDED") or row.get("CHECK_TITLE") or check,
        cluster=account if is_kubernetes else cluster_of(uid),
        namespace=namespace_of(row.get("REGION")) if is_kubernetes else None,
        resource=resource_of(provider, row.get("RESOURCE_TYPE"), name, uid),
        path=name if provider == "iac" else None,
        image=name if provider == "image" else None,
        context="" if provider == "iac" else finding_uid,
        suppressed="" if is_muted else None,
    )


def _finding_v2(row: Row, status: str) -> Finding:
    title = row.get("TITLE_TEXT", "")
    named = _CHECK_IN_TITLE.match(title)
    message = row.get("CHECK_RESULT_EXTENDED") or title
    return Finding(
        type="compliance",
        check=named["check"] if named else row.get("TITLE_ID") or "unidentified check",
        severity=severity_of_word(row.get("CHECK_SEVERITY")),
        tool="prowler",
        message=message,
        resource=row.get("CHECK_RESOURCE_ID") or None,
        context="\n".join((row.get("ACCOUNT_NUM", ""), row.get("REGION", ""), message)),
        suppressed="" if status in _MUTED_WORDS else None,
    )


READER = Reader(NAME, "Prowler CSV", _recognises, _read)
