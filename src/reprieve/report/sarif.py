"""SARIF 2.1.0 (OASIS), for code-scanning services: every finding, with what suppresses it.

Sections 3.27 (result), 3.35 (suppression) and 3.49 (reportingDescriptor). Within a run either every
result has `suppressions` or none (3.27.23), so ours all have. A consumer counts a result as suppressed
when it has suppressions and none is under review or rejected; so a result never has an accepted one
beside another, unless all are accepted.

GitHub refuses a whole file when one result lacks a physical location. What is not in a file (an object of
a cluster, an image) is therefore an artifact too, by its own address and relative to `TARGET`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Literal, TextIO

from reprieve.findings.model import Fault, Finding
from reprieve.record.model import Problem
from reprieve.report.place import address
from reprieve.report.sarif_parts import Object, location, log, message, tool, uri
from reprieve.report.sentences import exempted_by, exempting, fault
from reprieve.report.stream import encode, write_array
from reprieve.report.text import joined
from reprieve.verdict import Exempting, Verdict
from reprieve.words import SEVERITIES, CheckType, Severity

Level = Literal["error", "warning", "note"]

LEVELS: dict[Severity, Level] = {
    "critical": "error",
    "high": "error",
    "medium": "warning",
    "low": "note",
    "info": "note",
    "unknown": "warning",
}

SCORES: dict[Severity, str] = {"critical": "9.5", "high": "8.0", "medium": "5.5", "low": "2.0", "info": "0.0"}
"""`security-severity` as code-scanning services read it: the middle of each CVSS band."""

TARGET = "TARGET"
"""The `uriBaseId` of what is not in a file."""


def write(verdict: Verdict, out: TextIO) -> None:
    """Writes one log with one run, a result on each line."""
    rules = _rules(verdict)
    run = {
        "tool": tool("Reprieve", [_rule(check, *about) for check, about in rules.items()]),
        "invocations": [_invocation(verdict)],
        "originalUriBaseIds": {
            TARGET: {"description": {"text": "What was scanned, where it is not a file."}}
        },
        "properties": {
            "verdict": verdict.verdict,
            "simulated": verdict.simulated,
            "fail_on": verdict.fail_on,
            "register": verdict.register,
        },
    }
    out.write(f'{encode(log([])).removesuffix("}")},"runs":[{encode(run).removesuffix("}")},"results":')
    write_array(out, _results(verdict, {check: index for index, check in enumerate(rules)}))
    out.write("}]}\n")


def _rules(verdict: Verdict) -> dict[str, tuple[Severity, list[CheckType]]]:
    """Each check once, with the worst severity it was found with."""
    types: defaultdict[str, set[CheckType]] = defaultdict(set)
    severities: defaultdict[str, set[Severity]] = defaultdict(set)
    for finding in verdict.findings:
        types[finding.check].add(finding.type)
        severities[finding.check].add(finding.severity)
    return {check: (min(severities[check], key=SEVERITIES.index), sorted(types[check])) for check in types}


def _rule(check: str, severity: Severity, types: list[CheckType]) -> Object:
    properties: Object = {"tags": ["security", *types]}
    if severity in SCORES:
        properties["security-severity"] = SCORES[severity]
    return {"id": check, "defaultConfiguration": {"level": LEVELS[severity]}, "properties": properties}


def _results(verdict: Verdict, rule_indexes: dict[str, int]) -> Iterator[Object]:
    """Each finding with everything that is known of it; what it lacks is left out."""
    summaries = {exception.id: exception.summary for exception in verdict.exceptions}
    for index, finding in enumerate(verdict.findings):
        result: Object = {
            "ruleId": finding.check,
            "ruleIndex": rule_indexes[finding.check],
            "level": LEVELS[finding.severity],
            "message": {"text": finding.message or finding.check},
            "locations": [location_of(finding)],
            "suppressions": _suppressions(verdict, index, summaries),
            "properties": _properties(verdict, index),
        }
        if verdict.fingerprints:
            result["partialFingerprints"] = {"reprieve/v1": verdict.fingerprints[index]}
        yield result


def _properties(verdict: Verdict, index: int) -> Object:
    finding, outcome = verdict.findings[index], verdict.outcomes[index]
    properties: Object = {
        "disposition": outcome.disposition,
        "failing": verdict.failing(index),
        "exception": outcome.exception,
        "voided_by": outcome.voided_by,
        "environment": outcome.environment,
        "source": outcome.source,
        "policy": finding.policy and f"data.{finding.policy.package}.{finding.policy.rule}",
        "tool": finding.tool,
        "severity": finding.severity,
        "image": finding.image,
        "package": finding.package,
        "repository": finding.repository,
    }
    return {key: value for key, value in properties.items() if value is not None}


def _suppressions(verdict: Verdict, index: int, summaries: dict[str, str]) -> list[Object]:
    finding, outcome = verdict.findings[index], verdict.outcomes[index]
    identifier = outcome.exception or ""
    ours = f"{identifier}: {summaries[identifier]}" if identifier in summaries else identifier
    found: list[Object] = []
    if outcome.place is not None:
        found.append(_suppression("accepted", exempted_by(outcome)))
    elif outcome.disposition == "excepted":
        found.append(_suppression("accepted", ours))
    if verdict.native(finding):
        found.append(_suppression("accepted", _native(finding)))
    if not found and outcome.disposition == "pending":
        found.append(_suppression("underReview", ours))
    if not found and finding.suppressed is not None:
        found.append(_suppression("rejected", _native(finding)))
    return found


def _native(finding: Finding) -> str:
    return joined((f"suppressed by {finding.tool}", finding.suppressed), ": ")


def _suppression(status: Literal["accepted", "underReview", "rejected"], justification: str) -> Object:
    """`external`: ours are in the register, and a scanner seldom says where its own are."""
    return {"kind": "external", "status": status, "justification": justification}


def location_of(finding: Finding) -> Object:
    """Where a finding is (section 3.28): its file, or what was scanned."""
    live = address(finding)
    where = finding.path or finding.image or live or finding.repository or finding.package or finding.tool
    artifact: Object = {"uri": uri(where)}
    if not finding.path:
        artifact["uriBaseId"] = TARGET
    physical: Object = {"artifactLocation": artifact}
    if finding.path and finding.line and finding.line > 0:
        end = finding.end_line or finding.line
        physical["region"] = {"startLine": finding.line, "endLine": max(end, finding.line)}
    found: Object = {"physicalLocation": physical}
    if live:
        found["logicalLocations"] = [{"fullyQualifiedName": live, "kind": "resource"}]
    return found


def _invocation(verdict: Verdict) -> Object:
    return {
        "executionSuccessful": not verdict.faults,
        "toolConfigurationNotifications": [
            *(_notification(problem) for problem in verdict.problems),
            *(_exempting(one) for one in verdict.exemptions),
        ],
        "toolExecutionNotifications": [_fault(one) for one in verdict.faults],
    }


def _exempting(one: Exempting) -> Object:
    """An exception in Rego: a note while it holds back what still fails, else a warning."""
    return {
        "descriptor": {"id": "rego-exception"},
        "level": "note" if one.state == "failing" else "warning",
        "message": {"text": f"Exception in Rego: {exempting(one)}"},
        "locations": [location(one.exemption.path, one.exemption.line)],
    }


def _fault(one: Fault) -> Object:
    return {
        "descriptor": {"id": "not-scanned"},
        "level": "error",
        "message": {"text": fault(one)},
        "locations": [location(one.path, one.line)],
    }


def _notification(problem: Problem) -> Object:
    return {
        "descriptor": {"id": problem.rule},
        "level": problem.level,
        "message": message(problem),
        "locations": [location(problem.path, problem.line)],
    }
