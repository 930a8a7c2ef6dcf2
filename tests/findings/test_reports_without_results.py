"""A report without results, because nothing was scanned yet or they were cut off, is not a clean one."""

from __future__ import annotations

import json
from typing import Any

import pytest

from reprieve.errors import ReportError
from reprieve.findings import source as sources
from reprieve.findings.reading import read_source

AQUA = "aquasecurity.github.io/v1alpha1"
KYVERNO = "wgpolicyk8s.io/v1alpha2"
GATEKEEPER = "constraints.gatekeeper.sh/v1beta1"


def constraint(**status: Any) -> dict[str, Any]:
    fields = {"apiVersion": GATEKEEPER, "kind": "K8sRequiredLabels", "metadata": {"name": "owner"}}
    return {**fields, **({"status": status} if status else {})}


def aqua(kind: str, **fields: Any) -> dict[str, Any]:
    return {"apiVersion": AQUA, "kind": kind, "metadata": {"name": "x"}, **fields}


UNSCANNED: dict[str, tuple[Any, str]] = {
    "a constraint as it was written": (constraint(), "has not been audited"),
    "a constraint before its first audit": (constraint(byPod=[{"enforced": True}]), "has not been audited"),
    "a compliance report before its first scan": (aqua("ClusterComplianceReport", status={}), "scan is due"),
    "an audit without checks": (aqua("ConfigAuditReport", report={"summary": {}}), "checks"),
    "a scan without vulnerabilities": (aqua("VulnerabilityReport", report={}), "vulnerabilities"),
    "an object that is no report": (aqua("NodeInfo"), "kind NodeInfo"),
    "a policy report that only counts": (
        {"apiVersion": KYVERNO, "kind": "PolicyReport", "metadata": {}, "summary": {"fail": 2}},
        "counts failures but lists no results",
    ),
    "a Kubescape summary alone": (
        {
            "reportGUID": "",
            "summaryDetails": {"controls": {"C-1": {"ResourceCounters": {"failedResources": 3}}}},
        },
        "none is listed",
    ),
    "a control of Kubescape's version 1 that only counts": (
        {"name": "NSA", "controlReports": [{"controlID": "C-1", "failedResources": 3, "ruleReports": []}]},
        "none is listed",
    ),
    "a result of Prowler without a status": (
        [{"CheckID": "iam_1", "FindingUniqueId": "x", "StatusExtended": "", "Status": ""}],
        "without a status",
    ),
    "Checkov's counters of a scan that failed": (
        {"passed": 1, "failed": 2, "skipped": 0, "checkov_version": "3.2.353"},
        "the checks are missing",
    ),
    "a framework of Checkov without failed checks": (
        {"check_type": "terraform", "results": {"passed_checks": []}},
        "failed_checks",
    ),
    "a Polaris audit without results": ({"PolarisOutputVersion": "1.0", "Results": [{}]}, "`Results`"),
    "a Grype match of nothing": (
        {"matches": [{"vulnerability": {"id": "CVE-2026-1"}}], "descriptor": {"name": "grype"}},
        "artifact",
    ),
    "an OSV-Scanner source without packages": (
        {"results": [{"source": {"path": "go.mod"}}], "experimental_config": {}},
        "packages",
    ),
}


@pytest.mark.parametrize("name", UNSCANNED)
def test_it_is_an_error(name: str) -> None:
    document, message = UNSCANNED[name]
    with pytest.raises(ReportError, match=message):
        read_source(sources.parse("report.json", json.dumps(document).encode()))
