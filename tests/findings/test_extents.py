"""What reports list as looked at, as their readers give it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from reprieve.findings.model import Extent, Report, Target
from reprieve.findings.reading import read_report, relocated


def read(folder: Path, document: Any) -> Report:
    path = folder / "report"
    path.write_text(document if isinstance(document, str) else json.dumps(document))
    return read_report(str(path))


def trivy_file(target: str, type_: str, *checks: tuple[str, str]) -> dict[str, Any]:
    found = [{"ID": check, "Status": status, "Severity": "LOW"} for check, status in checks]
    return {"Target": target, "Class": "config", "Type": type_, "Misconfigurations": found}


def trivy(*results: dict[str, Any]) -> dict[str, Any]:
    return {"SchemaVersion": 2, "ArtifactName": ".", "ArtifactType": "filesystem", "Results": list(results)}


def test_trivy_lists_clean_files(tmp_path: Path) -> None:
    report = read(
        tmp_path, trivy(trivy_file("a.yaml", "kubernetes", ("KSV012", "FAIL")), trivy_file("b", "helm"))
    )
    assert report.extents == (Extent("trivy", "misconfiguration", (Target(path="a.yaml"), Target(path="b"))),)


def test_trivy_of_a_repository_lists_where_its_findings_are(tmp_path: Path) -> None:
    document = trivy(trivy_file("a.yaml", "kubernetes", ("KSV012", "FAIL")))
    report = read(tmp_path, {**document, "ArtifactName": "shop", "ArtifactType": "repository"})
    assert report.findings[0].repository == report.extents[0].repository == "shop"


def test_trivy_lists_checks_only_with_what_passes(tmp_path: Path) -> None:
    passes = trivy_file("a.yaml", "kubernetes", ("KSV012", "FAIL"), ("KSV001", "PASS"))
    (extent,) = read(tmp_path, trivy(passes)).extents
    assert extent.checks == ("KSV012", "KSV001")


def test_trivy_does_not_list_clean_files_of_terraform(tmp_path: Path) -> None:
    results = (trivy_file(".", "terraform"), trivy_file("a.yaml", "kubernetes"))
    assert read(tmp_path, trivy(*results)).extents == ()


def test_trivy_lists_the_objects_of_a_cluster(tmp_path: Path) -> None:
    clean = {"Target": "Service/api", "Class": "config", "Type": "kubernetes"}
    workload = {"Namespace": "billing", "Kind": "Service", "Name": "api", "Results": [clean]}
    report = read(tmp_path, {"ClusterName": "prod-eu-1", "Resources": [workload]})
    target = Target("billing", "Service/api")
    assert report.extents == (Extent("trivy", "misconfiguration", (target,), cluster="prod-eu-1"),)
    (moved,) = relocated(report, cluster="prod", repository="shop").extents
    assert (moved.cluster, moved.repository) == ("prod", "shop")


def checkov(*, passed: bool) -> dict[str, Any]:
    record = {"resource": "Pod.billing.api", "file_path": "/a.yaml"}
    failed = [{"check_id": "CKV_K8S_6", **record}]
    return {
        "check_type": "kubernetes",
        "results": {
            "failed_checks": failed,
            "passed_checks": [{"check_id": "CKV_K8S_8", **record}, {"check_id": "CKV_K8S_9"}]
            if passed
            else [],
        },
    }


def test_checkov_lists_what_passed(tmp_path: Path) -> None:
    (extent,) = read(tmp_path, checkov(passed=True)).extents
    assert extent.targets == (Target("billing", "Pod/api", "a.yaml"),)
    assert (extent.checks, extent.among) == (("CKV_K8S_6", "CKV_K8S_8", "CKV_K8S_9"), "kubernetes")
    assert read(tmp_path, checkov(passed=False)).extents == ()


def kyverno(outcome: str) -> str:
    return json.dumps(
        {
            "apiVersion": "wgpolicyk8s.io/v1alpha2",
            "kind": "PolicyReport",
            "metadata": {"name": "r", "namespace": "billing"},
            "scope": {"kind": "Pod", "name": "api"},
            "results": [{"policy": "require-labels", "rule": "team", "result": outcome, "source": "kyverno"}],
        }
    )


def test_policy_reports_list_what_passed(tmp_path: Path) -> None:
    (extent,) = read(tmp_path, kyverno("pass")).extents
    assert (extent.tool, extent.type) == ("kyverno", "admission")
    assert extent.targets == (Target("billing", "Pod/api"),)
    assert extent.checks == ("require-labels", "require-labels/team")
    assert read(tmp_path, kyverno("fail")).extents == ()


def test_kube_bench_lists_checks_by_the_type_of_node(tmp_path: Path) -> None:
    results = [{"test_number": number, "status": "PASS"} for number in ("1.1.1", "1.1.2")]
    document = {"Controls": [{"node_type": "master", "tests": [{"results": results}]}]}
    (extent,) = read(tmp_path, document).extents
    assert (extent.targets, extent.checks, extent.among) == ((), ("1.1.1", "1.1.2"), "master")


def test_prowler_lists_rows_that_passed(tmp_path: Path) -> None:
    header = "PROVIDER;CHECK_ID;STATUS;SEVERITY;RESOURCE_UID;RESOURCE_NAME"
    rows = ["aws;s3_a;PASS;low;arn:aws:s3:::b;b", "aws;s3_b;FAIL;low;arn:aws:s3:::b;b"]
    report = read(tmp_path, "\n".join((header, *rows)))
    (extent,) = report.extents
    assert (extent.targets, extent.checks) == ((Target(resource="arn:aws:s3:::b"),), ("s3_a", "s3_b"))
    assert (extent.among, report.passed, len(report.findings)) == ("aws", 1, 1)
    assert read(tmp_path, "\n".join((header, rows[1]))).extents == ()


def test_sarif_lists_what_was_to_be_analysed(tmp_path: Path) -> None:
    artifacts = [
        {"location": {"uri": "src/a.c"}, "roles": ["analysisTarget"]},
        {"location": {"uri": "src/b.c"}, "roles": ["resultFile"]},
    ]
    run = {"tool": {"driver": {"name": "Scan"}}, "artifacts": artifacts, "results": []}
    (extent,) = read(tmp_path, {"version": "2.1.0", "runs": [run]}).extents
    assert (extent.tool, extent.type, extent.targets) == ("scan", "code", (Target(path="src/a.c"),))
