"""docs/shadow-suppressions.md: its commands run, its links lead somewhere, what it shows is printed."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

from reprieve.shadow.markers import MARKERS
from tests.shadow.support import plant
from tests.support import Office, run_cli

PAGE = Path(__file__).parents[2] / "docs" / "shadow-suppressions.md"
TEXT = PAGE.read_text("utf-8")
BLOCKS = re.findall(r"<!-- run -->\n```console\n(.*?)```", TEXT, re.DOTALL)


def test_commands_run(office: Office) -> None:
    office.active(scope=[{"type": "code", "checks": ["B307"], "paths": ["src/*"]}])
    desk = office.desk()
    plant(desk.directory, {
        "src/report.py": "x()  # nosec B307\ny()  # nosec B608\n",
        "deploy/billing.yaml": "kind: Pod\n",
        ".trivyignore": "CVE-2026-1\n",
    })  # fmt: skip
    desk.git("fetch", "--quiet")
    lines = [line for block in BLOCKS for line in block.splitlines()]
    assert len(lines) >= 7
    for line in lines:
        words = shlex.split(line.removeprefix("$ reprieve "))
        target = words[-1] if ">" in words else None
        result = run_cli(*(words[:-2] if target else words), cwd=desk.directory)
        assert result.code == 0, f"{line}: {result.out}{result.err}"
        if target:
            (desk.directory / target).write_text(result.out)
    assert {path.name for path in (desk.directory / "drafts").iterdir()} == {
        "bandit-b608-src.md",
        "trivy-cve-2026-1.md",
    }


def test_the_page_of_an_audit_looks_as_shown(office: Office) -> None:
    desk = office.desk()
    annotated = (
        "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: billing-api\n  namespace: billing\n"
        '  annotations:\n    a: b\n    ignore-check.kube-linter.io/run-as-non-root: "legacy image"\n'
    )
    plant(desk.directory, {"deploy/billing.yaml": annotated})
    out = desk.ok("audit", ".", "--fetch", "--no-blame")
    shown = TEXT.split("```\nSHADOW")[1].split("```")[0]
    for line in shown.split("deploy/billing.yaml\n")[1].split("\n\n")[0].splitlines()[:2]:
        assert line in out


def test_links_lead_somewhere() -> None:
    titles = re.findall(r"^## (.*)$", TEXT, re.MULTILINE)
    headings = {re.sub(r"[^\w -]", "", title).lower().replace(" ", "-") for title in titles}
    for anchor in re.findall(r"\]\(#([\w-]+)\)", TEXT):
        assert anchor in headings
    for target in re.findall(r"\]\(((?!#|https?:)[^)]+)\)", TEXT):
        assert (PAGE.parent / target).exists()


def test_every_tool_of_a_marker_is_named() -> None:
    words = TEXT.lower().replace("-", " ")
    for marker in MARKERS:
        assert marker.tool.replace("-", " ") in words, marker.tool
