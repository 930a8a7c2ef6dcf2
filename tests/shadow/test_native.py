"""Native formats and pipelines read back: each entry with its line; and a twin that silences nothing."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from reprieve.shadow.native import NATIVES
from tests.shadow.support import Seen, plant, rows, run, seen

CASES = Path(__file__).parent / "cases"
PLANTED = sorted(f"{kind}/{path.name}" for kind in ("native", "ci") for path in (CASES / kind).iterdir())
CLEAN = sorted(path.name for path in (CASES / "clean").iterdir())

UNREADABLE: dict[str, tuple[str, str]] = {
    "yaml": (".trivyignore.yaml", "vulnerabilities: [\n"),
    "a date": (".trivyignore.yaml", "vulnerabilities:\n  - id: CVE-1\n    expired_at: soon\n"),
    "shape": (".trivyignore.yaml", "- CVE-1\n"),
    "json": (".secrets.baseline", '{"results": '),
    "toml": ("osv-scanner.toml", "[[IgnoredVulns]\n"),
    "rego": ("a.rego", "package main\nexception[rules] {\n"),
    "nul": (".gitleaksignore", "a\0b\n"),
    "object": ("a.yaml", "kind: PolicyException\n bad: [\n"),
}


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Seen]]:
    """What is seen of each case, planted in a folder of its own of one tree."""
    root = tmp_path_factory.mktemp("planted")
    for name in PLANTED:
        shutil.copytree(CASES / name / "planted", root / name.replace("/", "-"))
    shutil.copytree(CASES / "clean", root / "clean")
    by_case: dict[str, list[Seen]] = {}
    for one in seen(root):
        case, _, path = one.path.partition("/")
        by_case.setdefault(case, []).append(one._replace(path=path))
    return by_case


@pytest.mark.parametrize("name", PLANTED)
def test_planted(found: dict[str, list[Seen]], name: str) -> None:
    wanted = json.loads((CASES / name / "expected.json").read_text())
    assert found.get(name.replace("/", "-")) == [
        Seen(path, line, tool, tuple(checks)) for path, line, tool, checks in wanted
    ]


def test_clean_twin(found: dict[str, list[Seen]]) -> None:
    assert len(CLEAN) > 30
    assert found.get("clean") is None


def test_every_format_is_planted() -> None:
    for format_ in NATIVES:
        assert any(name.startswith(f"native/{format_}") for name in PLANTED), format_


@pytest.mark.parametrize("name", UNREADABLE)
def test_what_cannot_be_read_is_a_fault(tmp_path: Path, name: str) -> None:
    path, text = UNREADABLE[name]
    plant(tmp_path, {path: text, "b.py": "x()  # nosec B101\n"})
    result = run(tmp_path, "--output", "json", "--no-blame")
    assert result.code == 2
    (fault,) = result.json()["faults"]
    assert fault["path"] == path
    assert [row["path"] for row in result.json()["suppressions"]] == ["b.py"], "the rest was looked at"


def test_what_entries_say(tmp_path: Path) -> None:
    for name in ("trivyignore-yaml", "kyverno", "osv-scanner", "snyk"):
        shutil.copytree(CASES / "native" / name / "planted", tmp_path / name)
    by_tool: dict[str, list[dict[str, Any]]] = {}
    for row in rows(tmp_path):
        by_tool.setdefault(row["tool"], []).append(row)
    vulnerability, misconfiguration = by_tool["trivy"]
    assert vulnerability["silences"]["packages"] == ["pkg:npm/lodash@*"]
    assert vulnerability["reason"] == "unused"
    assert misconfiguration["silences"]["paths"] == ["deploy/*"], "relative to what was scanned"
    assert misconfiguration["expires"] == "2099-01-01"
    (kyverno,) = by_tool["kyverno"]
    assert kyverno["silences"]["namespaces"] == ["billing"]
    assert kyverno["silences"]["resources"] == ["Deployment/api-*"]
    assert by_tool["osv-scanner"][0]["expires"] == "2099-01-01"
    assert by_tool["snyk"][0]["reason"] == "unused"


@pytest.mark.parametrize(
    ("path", "text"),
    [
        (".trivyignore", "CVE-2026-1 exp:2020-01-01\n"),
        (".trivyignore.yaml", "vulnerabilities:\n  - id: CVE-1\n    expired_at: 2020-01-01\n"),
        ("osv-scanner.toml", '[[IgnoredVulns]]\nid = "GO-1"\nignoreUntil = 2020-01-01\n'),
        (".snyk", "ignore:\n  SNYK-1:\n    - '*':\n        expires: 2020-01-01T00:00:00.000Z\n"),
        ("waivers.yml", "a:\n  justification: x\n  expiration_date: 2020-01-01\n"),
        ("a.tf", "#trivy:ignore:AWS-1:exp:2020-01-01\n"),
    ],
)
def test_what_its_own_tool_has_ended_is_over(tmp_path: Path, path: str, text: str) -> None:
    (row,) = rows(plant(tmp_path, {path: text}))
    assert row["state"] == "lapsed"
    assert run(tmp_path, "--fail-on-shadow").code == 0
