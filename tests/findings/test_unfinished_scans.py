"""Reports of scans that did not happen, or that were cut off, are refused and never read as "no findings"."""

from __future__ import annotations

import json

import pytest

from reprieve.errors import ReportError
from reprieve.findings.reading import read_source
from reprieve.findings.source import parse

PROWLER_HEADER = "FINDING_UID;PROVIDER;CHECK_ID;STATUS;SEVERITY;MUTED"

REFUSED = {
    "snyk: an error in place of a project": (
        [{"ok": False, "error": "Failed to parse YAML file", "path": "charts/a.yaml"}],
        "charts/a.yaml",
    ),
    "snyk: infrastructure as code without its issues": (
        {"vulnerabilities": [], "ok": True, "packageManager": "k8sconfig", "path": "."},
        "did not test",
    ),
    "semgrep: nothing scanned": (
        {"results": [], "errors": [{"level": "error", "message": "invalid rule"}], "paths": {"scanned": []}},
        "invalid rule",
    ),
    "gosec: no package loads": (
        {"Golang errors": {"example.com/app": [{"error": "no go.mod"}]}, "Issues": [], "Stats": {"files": 0}},
        "example.com/app",
    ),
    "gosec: no list of issues": ({"Golang errors": {}, "Stats": {"files": 3}, "Issues": "none"}, "Issues"),
    "kube-bench: controls without tests": (
        {"Controls": [{"id": "1", "version": "cis-1.8"}]},
        "without tests",
    ),
    "kube-bench: a state it does not have": (
        {"node_type": "node", "tests": [{"results": [{"test_number": "1.1", "status": "SKIPPED"}]}]},
        "status",
    ),
    "ocsf: an event that is no finding": (
        {"class_uid": 6003, "category_uid": 6, "metadata": {"product": {"name": "CloudTrail"}}},
        "6003",
    ),
    "asff: findings that are none": ({"Findings": [{"Id": "0"}]}, "GeneratorId"),
    "conftest: a failure without a message": ([{"filename": "a", "successes": 0, "failures": [{}]}], "msg"),
    "trufflehog: a line of something else": (
        [{"SourceMetadata": None, "DetectorType": 2}, {"level": "error"}],
        "SourceMetadata",
    ),
    "prowler: a row that was cut off": (f"{PROWLER_HEADER}\nx;aws;s3_public;FAIL;high;False\nx;aws;s3", "3"),
    "prowler: a row without a status": (f"{PROWLER_HEADER}\nx;aws;s3_public;;high;False\n", "status"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_is_refused(name: str) -> None:
    content, reason = REFUSED[name]
    text = content if isinstance(content, str) else json.dumps(content)
    with pytest.raises(ReportError) as error:
        read_source(parse("report", text.encode()))
    assert reason in str(error.value)
    assert "nobody here knows" not in str(error.value)
