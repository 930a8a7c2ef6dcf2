"""SARIF 2.1.0 with suppressions: what reports found, and what of it the register accepts.

Source: OASIS SARIF 2.1.0, sections 3.27.23 and 3.35: within a run either every result has `suppressions` or
none. A report in SARIF is given back as it is, with ours added to the results; any other becomes a run of
its own. The standard has no expiry: `properties.expiryUtc` is Microsoft's SARIF SDK's.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from reprieve.export.concrete import Excepted, excepted
from reprieve.export.interface import Entry, Format, Given, Job, Written
from reprieve.export.texts import json_text, midnight
from reprieve.report.sarif import LEVELS, location_of
from reprieve.report.sarif_parts import log

NAME = "sarif"


def _write(job: Job) -> Written:
    found = excepted(job)
    runs: list[Any] = []
    for report in job.reports:
        mine = [one for one in found if one.report is report]
        runs += _annotated(report, mine) if report.format == NAME else _made(mine)
    document = {**log([]), "runs": runs}
    return Written({"": json_text(document)}, sum(bool(one.entries) for one in found))


def _annotated(report: Given, found: list[Excepted]) -> list[dict[str, Any]]:
    """The runs of a SARIF report, every result with its suppressions."""
    runs: list[dict[str, Any]] = report.source.decode(dict[str, Any])["runs"]
    rest = iter(found)
    for run in runs:
        for result in run.get("results") or ():
            ours = [] if _has_passed(result) else [_suppression(entry) for entry in next(rest).entries[:1]]
            result["suppressions"] = [*(result.get("suppressions") or ()), *ours]
    return runs


def _has_passed(result: dict[str, Any]) -> bool:
    """Whether it is no finding, as `findings.readers.sarif` sees it."""
    return result.get("kind") in {"pass", "notApplicable"} or result.get("baselineState") == "absent"


def _made(found: list[Excepted]) -> Iterator[dict[str, Any]]:
    """A run for each tool."""
    by_tool: dict[str, list[Excepted]] = {}
    for one in found:
        by_tool.setdefault(one.finding.tool, []).append(one)
    for tool, ones in sorted(by_tool.items()):
        rules = sorted({one.finding.check for one in ones})
        yield {
            "tool": {"driver": {"name": tool, "rules": [{"id": rule} for rule in rules]}},
            "results": [_result(one, rules) for one in ones],
        }


def _result(one: Excepted, rules: list[str]) -> dict[str, Any]:
    finding = one.finding
    return {
        "ruleId": finding.check,
        "ruleIndex": rules.index(finding.check),
        "level": LEVELS[finding.severity],
        "message": {"text": finding.message or finding.check},
        "locations": [location_of(finding)],
        "partialFingerprints": {"reprieve/v1": one.report.fingerprints[one.number]},
        "suppressions": [_suppression(entry) for entry in one.entries[:1]],
    }


def _suppression(entry: Entry) -> dict[str, Any]:
    grant = entry.grant
    properties: dict[str, Any] = {"exception": grant.id, "expiryUtc": midnight(grant)}
    if grant.approved_by:
        properties["approvedBy"] = list(grant.approved_by)
    return {"kind": "external", "status": "accepted", "justification": grant.note, "properties": properties}


FORMAT = Format(
    title="SARIF 2.1.0, suppressions",
    file="suppressed.sarif",
    says="the findings of reports, one by one",
    expiry="`properties.expiryUtc`; written while the record holds",
    write=_write,
    reports="needed",
)
