"""`scan --compliance`: only the checks of a framework, and each of its controls with what came of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from reprieve.policy.compliance import FRAMEWORKS
from tests.policy.scanning import POD, module, write
from tests.support import Result, run_cli

EXCEPTION = module("namespace.exceptions", 'exception contains "builtin.kubernetes.KSV012"')
HOST = POD + "  hostNetwork: true\n"


def scanned(folder: Path, framework: str, output: str = "json", *more: str) -> Result:
    write(folder, {"src/pod.yaml": HOST, "policy/e.rego": EXCEPTION})
    options = ("--compliance", framework, "--policy", "policy", "--output", output, "--no-register", *more)
    return run_cli("scan", "src", *options, cwd=folder)


def controls(folder: Path, framework: str, *more: str) -> dict[str, tuple[str, int, int]]:
    found = scanned(folder, framework, "json", *more).json()["scan"]["controls"]
    return {one["control"]: (one["state"], one["findings"], one["excepted"]) for one in found}


def test_each_control_says_what_came_of_it(tmp_path: Path) -> None:
    found = controls(tmp_path, "pss-restricted")
    assert found["Host Namespaces"] == ("fail", 1, 0)
    assert found["Running as Non-root"] == ("excepted", 0, 1)
    assert found["Privileged Containers"] == ("pass", 0, 0)
    assert controls(tmp_path, "cis-k8s")["5.1.1"] == ("not checked", 0, 0)


def test_what_does_not_count_does_not_make_a_control_fail(tmp_path: Path) -> None:
    assert controls(tmp_path, "pss-baseline", "--fail-on", "critical")["Host Namespaces"] == ("pass", 0, 0)


def test_only_the_checks_of_the_framework_are_scanned_for(tmp_path: Path) -> None:
    baseline = {one["check"] for one in scanned(tmp_path, "pss-baseline").json()["findings"]}
    assert baseline == {"KSV009"}
    assert baseline < {one["check"] for one in scanned(tmp_path, "pss-restricted").json()["findings"]}


@pytest.mark.parametrize("framework", FRAMEWORKS)
def test_each_framework_has_controls(tmp_path: Path, framework: str) -> None:
    assert len(controls(tmp_path, framework)) >= 5


@pytest.mark.parametrize(
    ("framework", "first", "then"), [("cis-k8s", "5.2.9", "5.2.10"), ("nist-800-53", "AC-6", "AC-14")]
)
def test_controls_stand_in_their_order(tmp_path: Path, framework: str, first: str, then: str) -> None:
    names = list(controls(tmp_path, framework))
    assert names.index(first) < names.index(then)


def test_the_table_says_it(tmp_path: Path) -> None:
    lines = [" ".join(line.split()) for line in scanned(tmp_path, "pss-restricted", "table").out.splitlines()]
    assert "fail Host Namespaces 1 finding" in lines
    assert "excepted Running as Non-root 1 excepted" in lines
    assert "pass Privileged Containers" in lines


def test_markdown_says_it(tmp_path: Path) -> None:
    out = scanned(tmp_path, "pss-restricted", "markdown").out
    assert "### Controls" in out
    assert "| Host Namespaces | **fail** | 1 finding |" in out
    assert "| Running as Non-root | excepted | 1 excepted |" in out


def test_a_framework_that_there_is_not_is_refused(tmp_path: Path) -> None:
    done = scanned(tmp_path, "cis-k9s")
    assert done.code == 2 and "expected one of pss-baseline, pss-restricted, cis-k8s" in done.err
