"""Prowler's own JSON of version 3, which version 4 replaced by OCSF: a list of what its CSV has as rows.

Source: prowler-cloud/prowler `prowler/lib/outputs/models.py` and `json.py` (tag 3.11.0). The names of the
fields are those of the CSV's columns in another spelling; AWS alone has an ARN, the others a name.
"""

from __future__ import annotations

import msgspec

from reprieve.errors import ReportError
from reprieve.findings.extents import Listed
from reprieve.findings.model import Finding, Report
from reprieve.findings.readers.interface import Reader
from reprieve.findings.readers.prowler_csv import PASSED_WORDS, finding_of
from reprieve.findings.readers.prowler_ocsf import report_of
from reprieve.findings.source import Source

NAME = "prowler-json"


class _Result(msgspec.Struct, rename="pascal", gc=False):
    check_id: str = msgspec.field(name="CheckID")
    status: str
    provider: str | None = None
    finding_unique_id: str | None = None
    check_title: str | None = None
    status_extended: str | None = None
    severity: str | None = None
    resource_type: str | None = None
    resource_arn: str | None = None
    resource_id: str | None = None
    resource_name: str | None = None
    region: str | None = None


_COLUMNS = {field: field.upper() for field in _Result.__struct_fields__}


def _recognises(source: Source) -> bool:
    return {"CheckID", "FindingUniqueId", "StatusExtended"} <= source.keys


def _read(source: Source) -> Report:
    results = source.decode(list[_Result]) if source.shape == "array" else [source.decode(_Result)]
    findings: list[Finding] = []
    listed = Listed()
    for result in results:
        status = result.status.upper()
        if not status:
            raise ReportError(f"a result of {result.check_id} without a status", where=source.name)
        found = finding_of(_row(result), status)
        listed.add(found, (result.provider or "").lower())
        if status not in PASSED_WORDS:
            findings.append(found)
    return report_of(source, NAME, findings, listed, len(results) - len(findings))


def _row(result: _Result) -> dict[str, str]:
    return {column: getattr(result, field) or "" for field, column in _COLUMNS.items()}


READER = Reader(NAME, "Prowler's own JSON (version 3)", _recognises, _read)
