"""docs/still-needed.md: every command of it runs, in order; Python, links and the table of states too."""

from __future__ import annotations

import datetime as dt
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

from reprieve.standing.stale import STATES
from reprieve.standing.uses import CLOSING, TITLES
from tests.standing.results import Kept
from tests.support import Desk, Office, record_file, run_cli, today, trivy_report

PAGE = Path(__file__).parents[2] / "docs" / "still-needed.md"
TEXT = PAGE.read_text("utf-8")
BLOCKS = re.findall(r"<!-- run: desk=(\w+) -->\n```console\n(.*?)```", TEXT, re.DOTALL)


def scope(namespace: str, check: str = "KSV012") -> list[dict[str, Any]]:
    return [{"type": "misconfiguration", "checks": [check], "namespaces": [namespace]}]


def laid_out(office: Office) -> Desk:
    """EXC-001 is needed, EXC-002 was; EXC-003 and EXC-004 are asked for."""
    office.active(scope=scope("billing"))
    office.active(scope=scope("shipping"), summary="Shipping runs as root.")
    office.request(risk="medium", scope=scope("web"), summary="The web runs as root.")
    office.request(risk="medium", scope=scope("web", "KSV001"), summary="The web is privileged.")
    kept = Kept(office.desk())
    kept.gate(1, {"namespace": "shipping"})
    scan = trivy_report(
        {"namespace": "billing"},
        {"namespace": "shipping", "check": "KSV003"},
        {"namespace": "web"},
        {"namespace": "web", "check": "KSV001", "severity": "HIGH"},
    )
    for desk in (office.desk(), office.desk("security-team")):
        for name in ("trivy.json", "now.json"):
            (desk.directory / name).write_text(scan)
        (desk.directory / "draft.md").write_bytes(record_file(id=None, scope=scope("billing", "KSV001")))
    return office.desk()


def run(desk: Desk, line: str) -> str:
    """One line, as printed; a redirection is carried out here."""
    later = str(today() + dt.timedelta(days=300))
    words = shlex.split(line.removeprefix("$ ").replace("2027-06-30", later))
    if words[0] == "mkdir":
        subprocess.run(words, cwd=desk.directory, check=True)
        return ""
    assert words[0] == "reprieve", line
    target = words[-1] if ">" in words else None
    arguments = words[1:-2] if target else words[1:]
    desk.git("fetch", "--quiet", "--prune")
    result = run_cli(*arguments, cwd=desk.directory)
    allowed = {0, 1} if arguments[0] in {"gate", "simulate"} else {0}
    assert result.code in allowed, f"{line}\n{result.out}{result.err}"
    if target:
        (desk.directory / target).write_text(result.out)
    return result.out


def test_every_command_runs(office: Office) -> None:
    laid_out(office)
    said = {}
    for person, block in BLOCKS:
        desk = office.desk("security-team" if person == "sam" else f"{person}@example.com")
        for line in block.splitlines():
            said[line.removeprefix("$ ")] = run(desk, line)
    assert "No longer matching  1" in said["reprieve stale results"]
    assert "asked to close EXC-002: remediated" in said["reprieve stale results --close --only EXC-002"]
    assert "It silences 1 finding of 4" in said["reprieve blast-radius EXC-001 trivy.json"]
    assert "covering 1" in said["reprieve history EXC-003"]
    assert "1 finding when it was approved" in said["reprieve show EXC-003 --report trivy.json"]
    assert "requested → active" in said["reprieve simulate trivy.json --approve EXC-004"]
    assert "active → expired" in said["reprieve simulate --on 2027-06-30"]
    ran = {line.split()[1] for line in said if line.startswith("reprieve")}
    assert {"stale", "blast-radius", "simulate", "decide", "show", "review"} <= ran


def test_python_runs(office: Office) -> None:
    desk = laid_out(office)
    desk.git("fetch", "--quiet")
    (code,) = re.findall(r"```python\n(.*?)```", TEXT, re.DOTALL)
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=desk.directory,
        env=dict(os.environ),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[0] == "EXC-001 1 ['prod-eu-1']"


def test_every_state_is_explained_and_closed_as_it_says() -> None:
    rows = dict(re.findall(r"^\| ([A-Z][a-z -]+) \|.*\| (\S*) ?\|$", TEXT, re.MULTILINE))
    assert list(rows) == [TITLES[state] for state in STATES]
    for state in STATES:
        closed = CLOSING.get(state)
        assert rows[TITLES[state]] == (f"`{closed}`" if closed else ""), state


def test_links_lead_somewhere() -> None:
    anchors = {
        re.sub(r"[^\w\- ]", "", t).replace(" ", "-").lower() for t in re.findall(r"^#+ (.*)$", TEXT, re.M)
    }
    for target, anchor in re.findall(r"\]\(([^)#:]*)(?:#([^)]*))?\)", TEXT):
        assert (PAGE.parent / (target or PAGE.name)).exists(), target
        assert target or anchor in anchors, anchor
