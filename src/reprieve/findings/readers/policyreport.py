"""Policy reports: Kyverno, Falco, Trivy's and other adapters, validating admission policies.

Source: kubernetes-sigs/wg-policy-prototypes `policy-report/pkg/api` (groups `wgpolicyk8s.io` and
`reports.x-k8s.io`) and openreports/reports-api `apis/openreports.io/v1alpha1`. A result is about its
own `resources`, else about the report's `scope`. v1alpha1 calls a result's outcome `status`; Trivy's adapter
leaves it out, which counts as a failure. What a Kyverno PolicyException covers is a `skip` that names it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import msgspec

from reprieve.errors import ReportError
from reprieve.findings.extents import Listed
from reprieve.findings.kubernetes import Metadata, first_group, labelled_resource, objects, resource_name
from reprieve.findings.model import Finding, Report
from reprieve.findings.readers.interface import Reader
from reprieve.findings.severity import severity_of_word
from reprieve.findings.source import Source

NAME = "policyreport"
_GROUPS = frozenset({"wgpolicyk8s.io", "reports.x-k8s.io", "openreports.io"})
_KINDS = frozenset({"PolicyReport", "ClusterPolicyReport", "Report", "ClusterReport"})
_AUTOGEN = ("autogen-", "autogen-cronjob-")
_ADVISORY = re.compile(r"CVE-\d{4}-\d{4,}|GHSA(?:-[0-9a-z]{4}){3}")


class _Reference(msgspec.Struct, gc=False):
    kind: str | None = None
    name: str | None = None
    namespace: str | None = None


class _Result(msgspec.Struct, gc=False):
    policy: str
    rule: str | None = None
    result: str | None = None
    status: str | None = None
    severity: str | None = None
    category: str | None = None
    source: str | None = None
    message: str | None = None
    resources: list[_Reference] | None = None
    properties: dict[str, Any] | None = None

    @property
    def outcome(self) -> str:
        return (self.result or self.status or "fail").lower()


class _Summary(msgspec.Struct, gc=False):
    fail: int | None = None
    warn: int | None = None
    error: int | None = None


class _Report(msgspec.Struct, gc=False):
    metadata: Metadata
    source: str | None = None
    scope: _Reference | None = None
    summary: _Summary | None = None
    results: list[_Result] | None = None


def _recognises(source: Source) -> bool:
    return first_group(source) in _GROUPS


def _read(source: Source) -> Report:
    findings: list[Finding] = []
    listed = Listed()
    with_passes = False
    passed = 0
    for report in _reports(source):
        for result in report.results or ():
            excepted = _excepted(result)
            found = list(_findings(report, result, excepted))
            for finding in found:
                if finding.type == "admission":
                    listed.add(finding)
            with_passes |= result.outcome == "pass"
            if result.outcome in {"pass", "skip"} and excepted is None:
                passed += 1
            else:
                findings += found
    # without what passes it is no list of what was looked at
    extents = listed.extents() if with_passes else ()
    return Report(source.name, NAME, findings, passed, extents=extents)


def _reports(source: Source) -> Iterator[_Report]:
    for candidate in objects(source):
        if candidate.group not in _GROUPS or candidate.kind not in _KINDS:
            raise ReportError(
                f"an object of kind {candidate.kind or 'none'} among policy reports",
                where=source.name,
                hint="write each kind of report to a file of its own",
            )
        report = candidate.decode(_Report)
        summary = report.summary or _Summary()
        if not report.results and (summary.fail or summary.warn or summary.error):
            raise ReportError(
                f"the {candidate.kind} {report.metadata.name} counts failures but lists no results",
                where=source.name,
            )
        yield report


def _excepted(result: _Result) -> str | None:
    """The exceptions of Kyverno's own that turned a failure into a skip or, if they say so, a pass."""
    if result.outcome not in {"pass", "skip"}:
        return None
    properties = result.properties or {}
    names = properties.get("exceptions") or properties.get("exception")
    return f"PolicyException {names}" if names else None


def _findings(report: _Report, result: _Result, excepted: str | None) -> Iterator[Finding]:
    """One finding for each object of a result: an exception for one does not cover the others."""
    for target in result.resources or [report.scope or _Reference(*labelled_resource(report.metadata))]:
        yield _finding(report, result, target, excepted)


def _finding(report: _Report, result: _Result, target: _Reference, excepted: str | None) -> Finding:
    properties = result.properties or {}
    advisory = properties.get("VulnerabilityID")
    check = result.policy or advisory or result.rule or "unknown-policy"
    is_vulnerability = bool(advisory or _ADVISORY.fullmatch(check))
    package = properties.get("pkgName") or properties.get("resource") or result.category
    message = _message(report, result) or check
    context = f"{result.rule}: {message}" if result.rule else ""
    return Finding(
        type="vulnerability" if is_vulnerability else "admission",
        check=advisory or check,
        severity=severity_of_word(result.severity),
        tool=(result.source or report.source or _engine(report.metadata)).lower(),
        message=message,
        aliases=tuple(f"{result.policy}/{rule}" for rule in _rules(result.rule)) if result.policy else (),
        namespace=target.namespace or report.metadata.namespace or None,
        resource=resource_name(target.kind, target.name),
        image=_image(properties),
        fix=_fix(properties) if is_vulnerability else None,
        context=str(package or "") if is_vulnerability else context,
        suppressed=excepted,
    )


def _rules(rule: str | None) -> tuple[str, ...]:
    """A rule and, when Kyverno generated it for the controllers of pods, the one that it is made from."""
    names = (rule, *(rule.removeprefix(prefix) for prefix in _AUTOGEN)) if rule else ()
    return tuple(dict.fromkeys(name for name in names if name))


def _engine(metadata: Metadata) -> str:
    """The engine as a label names it: `policy.kubernetes.io/engine`."""
    labels = metadata.labels or {}
    return next((str(labels[key]) for key in labels if key.endswith("/engine") and labels[key]), NAME)


def _message(report: _Report, result: _Result) -> str:
    """The result's message, but not the line around an exposed secret that Trivy's adapter puts there."""
    if "exposedsecret" in (result.source or report.source or "").replace(" ", "").lower():
        return f"{result.policy} ({result.rule})"
    return result.message or ""


def _image(properties: dict[str, Any]) -> str | None:
    repository, tag = properties.get("artifact.repository"), properties.get("artifact.tag")
    if not repository:
        return None
    server = properties.get("registry.server")
    name = f"{server}/{repository}" if server else repository
    return f"{name}:{tag}" if tag else name


def _fix(properties: dict[str, Any]) -> str | None:
    fix = properties.get("fixedVersion") or properties.get("FixedVersion")
    return str(fix) if fix else None


READER = Reader(NAME, "Policy reports (Kyverno and others), OpenReports", _recognises, _read)
