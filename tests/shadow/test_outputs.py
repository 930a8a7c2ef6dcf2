"""What an audit prints: text for people, JSON and SARIF for programs; and its exit codes."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from tests.shadow.support import plant, run
from tests.support import Desk, Office


@pytest.fixture
def desk(office: Office) -> Desk:
    """A clone with one suppression of each state."""
    office.active(scope=[{"type": "code", "checks": ["B602"], "paths": ["src/*"]}])
    desk = office.desk()
    plant(desk.directory, {
        "src/a.py": "x()  # nosec B602\n",
        "src/b.py": "x()  # nosec B307 - trusted input\n",
        "src/known.py": "x()  # nosec B101\n",
    })  # fmt: skip
    desk.ok("audit", "src/known.py", "--fetch", "--write-baseline", "b.json")
    plant(desk.directory, {".trivyignore": "CVE-2026-1 exp:2020-01-01\n"})
    return desk


def test_text(desk: Desk) -> None:
    out = desk.ok("audit", ".", "--baseline", "b.json")
    assert out.startswith("SHADOW  1 suppression without a record\n")
    assert "1 backed by a record · 1 in the baseline · 1 over by its tool's own clock" in out
    assert (
        "src/b.py\n      1  bandit         B307\n         # nosec B307 - trusted input\n         no record\n"
        in out
    )
    assert "src/a.py" not in out
    assert "1 active record" in out
    assert re.search(r"^bandit +1 +1 +1$", out, re.MULTILINE)
    everything = desk.ok("audit", ".", "--baseline", "b.json", "--all")
    for words in ("covered by EXC-001", "in the baseline, no record", "over since 2020-01-01"):
        assert words in everything


def test_json(desk: Desk) -> None:
    found = desk.run("audit", ".", "--baseline", "b.json", "--output", "json").json()
    assert found["version"] == 1
    assert found["summary"] == {"shadow": 1, "backed": 1, "known": 1, "lapsed": 1}
    assert found["register"]["active"] == 1
    assert found["tools"]["bandit"]["shadow"] == 1
    states = {row["path"]: row["state"] for row in found["suppressions"]}
    assert states == {
        ".trivyignore": "lapsed",
        "src/a.py": "backed",
        "src/b.py": "shadow",
        "src/known.py": "known",
    }
    assert len({row["identity"] for row in found["suppressions"]}) == 4


def test_sarif(desk: Desk) -> None:
    log: dict[str, Any] = desk.run("audit", ".", "--baseline", "b.json", "--output", "sarif").json()
    (run,) = log["runs"]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    levels = {}
    for result in run["results"]:
        assert rules[result["ruleIndex"]] == result["ruleId"]
        (place,) = result["locations"]
        uri = place["physicalLocation"]["artifactLocation"]["uri"]
        assert place["physicalLocation"]["region"]["startLine"] >= 1
        states = [one["status"] for one in result["suppressions"]]
        levels[uri] = (result["level"], states)
        assert all(isinstance(value, str) for value in result["partialFingerprints"].values())
        assert None not in result["properties"].values()
    assert levels == {
        "src/a.py": ("note", ["accepted"]),
        "src/b.py": ("warning", []),
        "src/known.py": ("note", ["accepted"]),
    }
    assert run["invocations"][0]["executionSuccessful"] is True


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ((), 0),
        (("--fail-on-shadow",), 1),
        (("--fail-on-shadow", "--output", "json"), 1),
        (("--fail-on-shadow", "--exclude", "src/b.py", "--baseline", "b.json"), 0),
        (("--fail-on-shadow", "--no-register", "--exclude", "src/[bk]*.py"), 1),
    ],
)
def test_exit_codes(desk: Desk, options: tuple[str, ...], code: int) -> None:
    result = desk.run("audit", ".", *options)
    assert result.code == code, result.out


def test_nothing_found(tmp_path: Path) -> None:
    out = run(plant(tmp_path, {"a.py": "x()\n"})).out
    assert out.startswith("CLEAR  no suppression without a record\n")
    assert "none in play" in out


def test_a_fault_is_no_clearance(tmp_path: Path) -> None:
    result = run(plant(tmp_path, {".trivyignore.yaml": "["}), "--fail-on-shadow")
    assert result.code == 2
    assert result.out.startswith("UNKNOWN  not everything could be read\n")
    assert ".trivyignore.yaml" in result.out
    log = run(tmp_path, "--output", "sarif").json()
    assert log["runs"][0]["invocations"][0]["executionSuccessful"] is False


def test_many_are_listed_on_request(tmp_path: Path) -> None:
    plant(tmp_path, {"a.py": "x()  # nosec B602\n" * 100})
    out = run(tmp_path).out
    assert out.count("no record") == 60
    assert "… and 40 more suppressions: --all" in out
    assert run(tmp_path, "--all").out.count("no record") == 100


def test_simulated(desk: Desk) -> None:
    out = desk.ok("audit", ".", "--now", "2019-01-01")
    assert "SIMULATED" in out
    assert "CVE-2026-1" in out, "not over yet, then"
