"""What `reprieve export` writes is found by an audit, and backed for as long as its record is active."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest

from reprieve.export import FORMATS, format_of
from tests.support import Desk, Office, today

MISCONFIGURED = [
    {"type": "misconfiguration", "checks": ["CKV_K8S_20", "KSV012"], "clusters": ["prod-*"]},
    {"type": "misconfiguration", "checks": ["KSV001"], "clusters": ["prod-*"], "namespaces": ["billing"]},
    {"type": "misconfiguration", "checks": ["KSV014"], "paths": ["deploy/*"]},
]
VULNERABLE = [
    {"type": "vulnerability", "checks": ["CVE-2026-1234"], "packages": ["pkg:npm/lodash@4.17.4"]},
    {"type": "vulnerability", "checks": ["CVE-2026-4321"], "clusters": ["prod-eu-*"]},
    {"type": "vulnerability", "checks": ["CVE-2026-1111"], "clusters": ["prod-*"]},
]
ADMITTED = [
    {
        "type": "admission",
        "checks": ["require-root", "K8sPSPPrivileged"],
        "clusters": ["prod-*"],
        "namespaces": ["billing"],
    },
    {
        "type": "compliance",
        "checks": ["C-0013"],
        "clusters": ["prod-*"],
        "namespaces": ["billing"],
        "resources": ["Deployment/billing-*"],
    },
    {"type": "compliance", "checks": ["s3_bucket_public_access"], "clusters": ["prod-*"]},
]
PLACES = {
    "trivyignore": ".trivyignore",
    "trivyignore-yaml": ".trivyignore.yaml",
    "trivy-policy": "ignore.rego",
    "rego": "policy/exceptions.rego",
    "kyverno": "exception.yaml",
    "kubescape": "exceptions.json",
    "kubescape-crd": "exception.yaml",
    "checkov": ".checkov.yaml",
    "grype": ".grype.yaml",
    "prowler": "mutelist.yaml",
}


@pytest.fixture
def desk(office: Office) -> Desk:
    for scope in (MISCONFIGURED, VULNERABLE, ADMITTED):
        office.active(
            scope=scope, summary=f"Scope of {scope[0]['type']}.", expires=today() + dt.timedelta(days=30)
        )
    desk = office.desk()
    desk.git("fetch", "--quiet")
    return desk


@pytest.mark.parametrize("format_", PLACES)
def test_backed_while_active(desk: Desk, format_: str) -> None:
    result = desk.run("export", format_, "--cluster", "prod-eu-1", "--out", PLACES[format_])
    assert result.code == 0, result.err
    found = desk.run("audit", ".", "--no-blame", "--output", "json").json()
    assert found["faults"] == []
    assert found["suppressions"]
    assert {(row["state"], row["text"]) for row in found["suppressions"] if row["state"] != "backed"} == set()
    assert all(row["cites"] for row in found["suppressions"]), "each entry carries its record"
    later = str(today() + dt.timedelta(days=31))
    over = desk.run("audit", ".", "--no-blame", "--output", "json", "--now", later).json()["suppressions"]
    assert {row["state"] for row in over} <= {"shadow", "lapsed"}


# --- Formats that take a place of their own in a scope, and those that are made from reports

SECRET = "0" * 40
LOCATION = {"physicalLocation": {"artifactLocation": {"uri": "app/a.py"}}}
PACKAGE = {"name": "lodash", "version": "4.17.4", "type": "npm", "purl": "pkg:npm/lodash@4.17.4"}
REPORTS: dict[str, Any] = {
    "gitleaks.json": [
        {
            "RuleID": "token",
            "File": "app/a.py",
            "StartLine": 3,
            "Secret": "s",
            "Commit": "",
            "Description": "d",
        }
    ],
    "secrets.json": {
        "version": "1.5.0",
        "plugins_used": [],
        "filters_used": [],
        "results": {
            "app/a.py": [{"type": "token", "filename": "app/a.py", "hashed_secret": SECRET, "line_number": 3}]
        },
    },
    "checkov.json": {
        "check_type": "terraform",
        "results": {
            "failed_checks": [
                {"check_id": "CKV_AWS_18", "resource": "aws_s3_bucket.logs", "file_path": "/main.tf"}
            ]
        },
    },
    "semgrep.sarif": {
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": {"name": "semgrep"}},
                "results": [{"ruleId": "no-eval", "message": {"text": "m"}, "locations": [LOCATION]}],
            }
        ],
    },
    "grype.json": {
        "matches": [{"vulnerability": {"id": "CVE-2026-1234", "severity": "High"}, "artifact": PACKAGE}],
        "descriptor": {},
        "source": {"type": "image", "target": {"userInput": "reg/app:1"}},
    },
    "osv.json": {
        "results": [
            {
                "source": {"path": "package-lock.json"},
                "packages": [
                    {
                        "package": {"name": "lodash", "ecosystem": "npm", "version": "4.17.4"},
                        "vulnerabilities": [{"id": "CVE-2026-4321", "aliases": []}],
                        "groups": [{"ids": ["CVE-2026-4321"], "aliases": ["CVE-2026-4321"]}],
                    }
                ],
            }
        ]
    },
}
ROOT_POLICY = {"type": "admission", "checks": ["K8sRoot/no-root"]}
SCOPES: dict[str, list[dict[str, Any]]] = {
    "gatekeeper": [
        {**ROOT_POLICY, "namespaces": ["billing", "team-*"]},
        {**ROOT_POLICY, "resources": ["Namespace/billing", "Namespace/team-*"]},
    ],
    "osv-scanner": [{"checks": ["CVE-2026-4321"], "repositories": ["*/app"]}],
    "snyk": [{"type": "vulnerability", "checks": ["SNYK-JS-LODASH-1"], "repositories": ["*/app"]}],
    "semgrep": [{"type": "code", "checks": ["no-eval"], "repositories": ["*/app"]}],
    "checkov-baseline": [{"checks": ["CKV_AWS_*"], "resources": ["aws_s3_bucket.logs"]}],
    "detect-secrets": [{"type": "secret", "checks": ["token"], "paths": ["app/*"]}],
    "gitleaks": [{"type": "secret", "checks": ["token"], "paths": ["app/*"]}],
    "sarif": [{"type": "code", "checks": ["no-eval"], "paths": ["app/*"]}],
    "openvex": [{"checks": ["CVE-2026-1234"], "packages": ["pkg:npm/lodash@*"]}],
    "cyclonedx": [{"checks": ["CVE-2026-1234"], "packages": ["pkg:npm/lodash@*"]}],
}
GIVEN = {
    "osv-scanner": "osv.json",
    "checkov-baseline": "checkov.json",
    "detect-secrets": "secrets.json",
    "gitleaks": "gitleaks.json",
    "sarif": "semgrep.sarif",
    "openvex": "grype.json",
    "cyclonedx": "grype.json",
}
WITHOUT_A_REASON = {"checkov-baseline", "detect-secrets", "semgrep"}
"""Formats without a place for the record's id: what covers them is found by its scope."""
REPOSITORY = ("--repository", "https://git.example.com/app")


@pytest.mark.parametrize("format_", SCOPES)
def test_backed_by_its_record(office: Office, format_: str, tmp_path: Path) -> None:
    reason = "false-positive" if format_ in {"openvex", "cyclonedx"} else "legacy-system"
    office.active(scope=SCOPES[format_], reason=reason, expires=today() + dt.timedelta(days=30))
    desk = office.desk()
    desk.git("fetch", "--quiet")
    for name, report in REPORTS.items():
        (tmp_path / name).write_text(json.dumps(report))
    given = [str(tmp_path / GIVEN[format_])] if format_ in GIVEN else []
    target = () if format_ == "gatekeeper" else REPOSITORY
    result = desk.run("export", format_, *given, *target, "--out", format_of(format_).file)
    assert result.code == 0, result.err
    found = desk.run("audit", ".", "--no-blame", "--output", "json", *REPOSITORY).json()
    assert found["faults"] == []
    assert {row["state"] for row in found["suppressions"]} == {"backed"}, found["suppressions"]
    assert {row["exception"] for row in found["suppressions"]} == {"EXC-001"}
    if format_ not in WITHOUT_A_REASON:
        assert all(row["cites"] == ["EXC-001"] for row in found["suppressions"])
    later = str(today() + dt.timedelta(days=31))
    over = desk.run("audit", ".", "--no-blame", "--output", "json", *REPOSITORY, "--now", later).json()
    assert {row["state"] for row in over["suppressions"]} <= {"shadow", "lapsed"}


def test_every_format_is_read_back() -> None:
    assert {*PLACES, *SCOPES} == set(FORMATS)


def test_an_accepted_risk_is_no_suppression(office: Office, tmp_path: Path) -> None:
    """VEX says `affected` of it: it stays visible."""
    office.active(scope=SCOPES["openvex"])
    desk = office.desk()
    desk.git("fetch", "--quiet")
    (tmp_path / "grype.json").write_text(json.dumps(REPORTS["grype.json"]))
    for format_, name in (("openvex", "openvex.json"), ("cyclonedx", "vex.cdx.json")):
        desk.ok("export", format_, str(tmp_path / "grype.json"), "--out", name)
        assert "EXC-001" in (desk.directory / name).read_text()
    assert desk.run("audit", ".", "--no-blame", "--output", "json").json()["suppressions"] == []
