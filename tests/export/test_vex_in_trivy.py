"""OpenVEX through Trivy itself: a false positive is hidden where it was found, an accepted risk stays."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.export.jobs import HERE, granted, report, written
from tests.export.natives import Talker
from tests.export.worlds import findings
from tests.peers import needs

DIGEST = "sha256:" + "0" * 64
NAME = "registry.example.com/shop/app"
FOUND = [
    {"id": "CVE-2026-1234", "package": "pkg:npm/lodash@4.17.4", "path": "/a", "severity": "High"},
    {"id": "CVE-2026-12345", "package": "pkg:npm/lodash@4.17.4", "path": "/a", "severity": "High"},
    {"id": "CVE-2026-1234", "package": "pkg:npm/lodash-es@4.17.4", "path": "/a", "severity": "High"},
]
SCOPE = {"checks": ["CVE-2026-1234"], "packages": ["pkg:npm/lodash@*"]}


def in_trivy(name: str) -> dict[str, Any]:
    """Trivy's own report of them, in an image of this name."""
    results = []
    for number, one in enumerate(FOUND):
        identifier = {"PURL": one["package"], "UID": f"u{number}"}
        package = {"ID": f"p{number}", "Name": "n", "Version": "1", "Identifier": identifier}
        found = {
            "VulnerabilityID": one["id"],
            "PkgID": f"p{number}",
            "PkgName": "n",
            "InstalledVersion": "1",
            "PkgIdentifier": identifier,
            "Severity": "HIGH",
        }
        head = {"Target": f"t{number}", "Class": "lang-pkgs", "Type": "node-pkg"}
        results.append({**head, "Packages": [package], "Vulnerabilities": [found]})
    return {
        "SchemaVersion": 2,
        "ArtifactName": name,
        "ArtifactType": "container_image",
        "Metadata": {"ImageID": "sha256:" + "1" * 64, "RepoDigests": [f"{name}@{DIGEST}"]},
        "Results": results,
    }


@needs("go/trivy")
@pytest.mark.parametrize(
    ("reason", "image", "scanned", "hidden"),
    [
        ("false-positive", f"{NAME}@{DIGEST}", NAME, [True, False, False]),
        ("legacy-system", f"{NAME}@{DIGEST}", NAME, [False, False, False]),
        ("false-positive", f"{NAME}@{DIGEST}", f"{NAME}-2", [False, False, False]),
        ("false-positive", f"{NAME}@sha256:{'2' * 64}", NAME, [False, False, False]),
        # Trivy knows an image by its digest: a statement about a tag is about none that it knows
        ("false-positive", f"{NAME}:1", NAME, [False, False, False]),
    ],
)
def test_openvex(reason: str, image: str, scanned: str, hidden: list[bool], tmp_path: Path) -> None:
    given = report(findings.OPENVEX.report(FOUND, HERE._replace(image=image)))
    text = written("openvex", granted(SCOPE, reason=reason), reports=(given,)).files[""]
    assert "EXC-007" in text
    with Talker("go/trivy", tmp_path) as trivy:
        assert trivy.ask({"Name": "openvex.json", "File": text, "Report": in_trivy(scanned)}) == hidden
