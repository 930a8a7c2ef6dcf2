"""docs/for-auditors.md: its commands run, its Python runs, its tables are what the code does."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from reprieve.auditor import oscal
from reprieve.record.model import CLOSE_REASONS
from tests.register.build import day
from tests.support import run_cli, trivy_report

DOCS = Path(__file__).parents[2] / "docs"
TEXT = (DOCS / "for-auditors.md").read_text("utf-8")


def dated(text: str) -> str:
    """With the dates of the page moved to where the example's history is."""
    return text.replace("2026-07-01", str(day(100))).replace("2026-09-30", str(day(1)))


@pytest.fixture
def desk(shop: Path, tmp_path: Path) -> Path:
    shutil.copytree(shop, tmp_path / "register")
    (tmp_path / "register" / "trivy.json").write_text(trivy_report())
    return tmp_path / "register"


def test_every_command_runs(desk: Path) -> None:
    lines = [
        line for block in re.findall(r"```console\n(.*?)```", TEXT, re.DOTALL) for line in block.splitlines()
    ]
    assert len(lines) >= 8
    for line in lines:
        words = shlex.split(dated(line.removeprefix("$ ")))
        assert words[0] == "reprieve"
        done = run_cli(*words[1:], cwd=desk)
        assert done.code == 0, f"{line}\n{done.err}"
        if "--out" in words:
            assert (desk / words[words.index("--out") + 1]).stat().st_size > 1000
        else:
            assert done.out.count("\n") > 3


def test_python_runs(desk: Path) -> None:
    (block,) = re.findall(r"```python\n(.*?)```", TEXT, re.DOTALL)
    done = subprocess.run(
        [sys.executable, "-c", dated(block)], cwd=desk, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "Balance(" in done.stdout
    assert " EXC-007 " in done.stdout


def test_table_of_statuses_is_what_the_code_does() -> None:
    rows = dict(re.findall(r"^\| ([a-z][^|]*) \| `([a-z-]+)` \|$", TEXT, re.MULTILINE))
    said = {
        status: risk
        for statuses, risk in rows.items()
        if not statuses.startswith("closed")
        for status in statuses.split(", ")
    }
    assert said == {status: risk for status, risk in oscal.STATUS.items() if status != "closed"}
    closed = {row: risk for row, risk in rows.items() if row.startswith("closed")}
    for reason in CLOSE_REASONS:
        (risk,) = [risk for row, risk in closed.items() if reason in re.split(r"\W+(?!needed)", row)]
        assert (risk == "closed") == (reason in oscal.RESOLVED)


def test_links_lead_somewhere() -> None:
    for target in re.findall(r"\]\(([^)#:]+)\)", TEXT):
        assert (DOCS / target).exists(), target
