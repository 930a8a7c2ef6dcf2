"""What `reprieve export` writes is found by an audit, and backed for as long as its record is active."""

from __future__ import annotations

import datetime as dt

import pytest

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
