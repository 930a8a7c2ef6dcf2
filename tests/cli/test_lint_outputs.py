"""`reprieve lint` as text, SARIF and annotations, whatever the files say."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from tests.cli.linting import NAME, NOW, TODAY, record, tree
from tests.cli.past import iso
from tests.support import FOLDER, run_cli


@pytest.fixture
def messy(tmp_path: Path) -> Path:
    bad = record(id="EXC-002").replace("owner: payments", "owner: payments\nwhat: 100%, or: so")
    return tree(
        tmp_path,
        **{
            NAME: record(),
            "EXC-002-bad.md": bad,
            "EXC-003-late.md": record(
                id="EXC-003", requested=TODAY.replace(month=1), expires=TODAY.replace(day=3)
            ),
        },
    )


def test_text_is_by_file(messy: Path) -> None:
    result = run_cli("lint", "--now", iso(NOW), cwd=messy)
    assert result.code == 1
    lines = result.out.splitlines()
    at = lines.index(f"{FOLDER}/EXC-002-bad.md")
    assert " ".join(lines[at + 1].split()) == "9 error mapping values are not allowed in this context [yaml]"
    assert lines[at + 2] == ""
    assert lines[-1] == ("1 error, 1 warning, 1 note in 4 files. Judged as if it were 2025-03-04 10:00 UTC.")


def test_sarif_has_a_rule_for_each_kind(messy: Path) -> None:
    log = json.loads(run_cli("lint", "--output", "sarif", cwd=messy).out)
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    declared = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert declared == sorted({result["ruleId"] for result in run["results"]})
    for result in run["results"]:
        assert declared[result["ruleIndex"]] == result["ruleId"]
        assert result["level"] in {"error", "warning", "note"}
        (location,) = result["locations"]
        physical = location["physicalLocation"]
        assert physical["artifactLocation"]["uri"].startswith(FOLDER)
        assert physical["region"]["startLine"] >= 1


def test_annotations_for_github(messy: Path) -> None:
    out = run_cli("lint", "--output", "github", "--now", iso(NOW), cwd=messy).out
    lines = out.splitlines()
    assert lines[0].startswith("::notice title=Reprieve lint::1 error, 1 warning, 1 note in 4 files.")
    assert f"::error file={FOLDER}/EXC-002-bad.md,line=9,title=yaml::" in out
    assert f"::warning file={FOLDER}/EXC-003-late.md,line=" in out
    assert f"::notice file={FOLDER}/{NAME},title=EXC-001::to approve: security-team" in out


def test_what_a_file_says_is_no_workflow_command(tmp_path: Path) -> None:
    content = record().replace("risk: medium", 'risk: "x\\n::error::y%0A"')
    out = run_cli("lint", "--output", "github", cwd=tree(tmp_path, **{NAME: content})).out
    assert all(line.startswith("::") for line in out.splitlines())
    assert "\n::error::y" not in out
    assert "y%250A" in out


@pytest.mark.parametrize("output", ["text", "json", "sarif", "github"])
def test_a_file_name_that_is_not_utf_8(tmp_path: Path, output: str) -> None:
    tree(tmp_path)
    path = os.fsencode(tmp_path / FOLDER) + b"/EXC-001-\xff.md"
    with open(path, "wb") as stream:  # noqa: PTH123
        stream.write(record().encode())
    result = run_cli("lint", "--output", output, cwd=tmp_path)
    assert result.code == 1
    assert "EXC-001-" in result.out
