"""Records and reports for single formats, without a register."""

from __future__ import annotations

import datetime as dt
from typing import Any

import msgspec

from reprieve.export import format_of
from reprieve.export.interface import Given, Grant, Job, Target, Written
from reprieve.findings import source as sources
from reprieve.findings.fingerprint import fingerprints
from reprieve.findings.reading import read_source, relocated
from reprieve.record.charter import Charter
from reprieve.record.model import Record
from reprieve.words import ExportFormat

CHARTER = Charter(version=1)
HERE = Target(CHARTER)


def record(number: int = 7, **changes: Any) -> Record:
    """An active record that holds until 2027-01-30."""
    fields = {
        "id": f"EXC-{number:03d}",
        "summary": "Legacy billing runs as root until v4.",
        "reason": "legacy-system",
        "risk": "high",
        "environment": "production",
        "requester": "dana@example.com",
        "owner": "payments",
        "requested": "2026-11-02",
        "expires": "2027-01-30",
        "scope": [{"checks": ["KSV012"], "namespaces": ["billing"]}],
        "controls": [],
        "remediation": {"target": "2027-01-30"},
    }
    return msgspec.convert(fields | changes, Record)


def granted(*scope: dict[str, Any], number: int = 7, **changes: Any) -> Grant:
    """The same with this scope, as it was approved."""
    made = record(number, **({"scope": list(scope)} if scope else {}), **changes)
    return Grant(made, ("carol@example.com (ciso)",), dt.date(2026, 11, 3), "The vendor says so.")


def report(data: bytes | str, target: Target = HERE, name: str = "report.json") -> Given:
    """A report as `export` reads it."""
    source = sources.parse(name, data.encode() if isinstance(data, str) else data)
    read = relocated(read_source(source), cluster=target.cluster, repository=target.repository)
    return Given(source, read.format, read.findings, fingerprints(read.findings))


def written(
    name: ExportFormat, *grants: Grant, target: Target = HERE, reports: tuple[Given, ...] = ()
) -> Written:
    """What a format makes of them."""
    return format_of(name).write(Job(grants, target, reports))
