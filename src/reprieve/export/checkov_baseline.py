"""Checkov's baseline, made from a report of Checkov's.

Source: bridgecrewio/checkov `checkov/common/output/baseline.py`. Only the resource and the check are
compared, not the file: so a finding is written only where its record does not look at the file either.
"""

from __future__ import annotations

from typing import Any

import msgspec

from reprieve.export.concrete import Excepted, excepted
from reprieve.export.interface import Entry, Format, Given, Job, Left, Written
from reprieve.export.texts import json_text
from reprieve.findings.model import Finding

NAME = "checkov-baseline"
_FIXABLE = frozenset({"vulnerability", "license"})
"""Types whose findings can say that there is a fix."""
_BEYOND = frozenset({"paths", "packages", "fingerprints", "images"})
"""Scope keys that tell findings apart which are one to the baseline."""


class _Record(msgspec.Struct, gc=False):
    check_id: str
    resource: str | None = None
    file_path: str | None = None


class _Results(msgspec.Struct, gc=False):
    failed_checks: list[_Record]
    skipped_checks: list[_Record] | None = None


class _Framework(msgspec.Struct, gc=False):
    results: _Results | None = None
    checks: _Results | None = None


def _write(job: Job) -> Written:
    left: list[Left] = []
    records = {id(report): _records(report) for report in job.reports}
    by_key: dict[tuple[str, str], list[tuple[Excepted, _Record]]] = {}
    for one in excepted(job):
        record = records[id(one.report)][one.number]
        by_key.setdefault((record.resource or "", record.check_id), []).append((one, record))
    files: dict[str, dict[str, set[str]]] = {}
    written = 0
    for (resource, check), found in by_key.items():
        if not any(one.entries for one, _ in found):
            continue
        if not resource or not all(map(_is_by_resource, [one for one, _ in found])):
            left += _left(check, resource, [one for one, _ in found])
            continue
        written += len(found)
        for _, record in found:
            files.setdefault(record.file_path or "", {}).setdefault(resource, set()).add(check)
    document = {"failed_checks": [_file(name, files[name]) for name in sorted(files)]}
    return Written({"": json_text(document)}, written, tuple(dict.fromkeys(left)))


def _is_by_resource(one: Excepted) -> bool:
    """Whether an entry excepts this check of this resource, in whatever file."""
    return any(_says_no_more(entry, one.finding) for entry in one.entries)


def _says_no_more(entry: Entry, finding: Finding) -> bool:
    voids = set(entry.grant.record.voids)
    if finding.type not in _FIXABLE:
        voids.discard("fix-available")
    return not voids and not any(getattr(entry.scope, key) for key in _BEYOND)


def _left(check: str, resource: str, found: list[Excepted]) -> list[Left]:
    reason = "the baseline takes a check and a resource for one finding, in whatever file"
    part = f"{check} of {resource or 'no resource'}"
    return [entry.left(reason, part) for one in found for entry in one.entries]


def _file(name: str, resources: dict[str, set[str]]) -> dict[str, Any]:
    return {
        "file": name,
        "findings": [
            {"resource": resource, "check_ids": sorted(checks)}
            for resource, checks in sorted(resources.items())
        ],
    }


def _records(report: Given) -> list[_Record]:
    """The records of a report in the order in which they were read as findings."""
    source = report.source
    if report.format != "checkov" or ("check_type" not in source.keys and source.shape != "array"):
        return []
    frameworks = source.decode(list[_Framework]) if source.shape == "array" else [source.decode(_Framework)]
    found: list[_Record] = []
    for framework in frameworks:
        results = framework.results or framework.checks or _Results([])
        found += [*results.failed_checks, *(results.skipped_checks or ())]
    return found


FORMAT = Format(
    title="Checkov, baseline",
    file=".checkov.baseline",
    says="the checks of a resource that a report has now, where the record does not go by file",
    expiry="none: written while the record holds",
    write=_write,
    reports="needed",
    reads=("checkov",),
)
