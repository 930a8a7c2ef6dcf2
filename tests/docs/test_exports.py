"""docs/exports.md is run: its table, every command, the charter's section, the hooks and the CI templates."""

from __future__ import annotations

import importlib.util
import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from reprieve.cli.main import COMMANDS
from reprieve.export import FORMATS
from tests.export.reports import grype, leak
from tests.support import CHARTER, Desk, Office

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "exports.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```(\w+)\n(.*?)```", PAGE, re.DOTALL)
LINES = [line for language, text in BLOCKS if language == "sh" for line in text.splitlines()]
REPRIEVE = Path(sys.executable).with_name("reprieve")


def yaml(text: str) -> Any:
    return YAML(typ="safe").load(text)


def yaml_blocks(word: str) -> list[Any]:
    return [yaml(text) for language, text in BLOCKS if language == "yaml" and word in text]


def test_the_table() -> None:
    specification = importlib.util.spec_from_file_location("table", ROOT / "docs" / "exports.py")
    assert specification is not None
    assert specification.loader is not None
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    for name in FORMATS:
        assert module.row(name) in PAGE, "python docs/exports.py prints it"


@pytest.fixture
def desk(office: Office) -> Desk:
    """A register whose charter lists the exports of the page, and the reports that it names."""
    (section,) = (text for language, text in BLOCKS if language == "yaml" and text.startswith("exports:"))
    root = office.root / "shop"
    root.mkdir()
    shop = Office(root, charter=CHARTER + section)
    shop.active(scope=[{"type": "misconfiguration", "checks": ["AWS-0107"], "paths": ["infra/*"]}])
    shop.active(scope=[{"type": "secret", "checks": ["aws-key"], "paths": ["a.py"]}])
    desk = shop.desk()
    desk.git("fetch", "--quiet")
    (desk.directory / "gitleaks.json").write_text(json.dumps([leak()]))
    (desk.directory / "grype.json").write_text(grype())
    return desk


def test_every_command(desk: Desk) -> None:
    assert len(LINES) >= 10
    for line in LINES:
        program, *arguments = shlex.split(line)
        assert program == "reprieve"
        done = desk.run(*arguments)
        assert done.code == 0, f"{line}: {done.err}"
    assert "AWS-0107" in (desk.directory / ".trivyignore.yaml").read_text()
    assert "a.py:aws-key:1" in (desk.directory / ".gitleaksignore").read_text()


def environment(**more: str) -> dict[str, str]:
    return {**os.environ, "PATH": f"{REPRIEVE.parent}:{os.environ['PATH']}", **more}


def test_hooks_of_pre_commit(desk: Desk) -> None:
    hooks = {hook["id"]: hook for hook in yaml((ROOT / ".pre-commit-hooks.yaml").read_text())}
    (example,) = yaml_blocks("repos:")
    assert {hook["id"] for hook in example["repos"][0]["hooks"]} <= set(hooks)
    desk.ok("export", "--all")
    for name, arguments in (
        ("reprieve-lint", []),
        ("reprieve-export", []),
        ("reprieve-gate", ["gitleaks.json"]),
    ):
        program, command, *options = shlex.split(hooks[name]["entry"])
        assert (program, command in COMMANDS) == ("reprieve", True)
        assert hooks[name]["pass_filenames"] is False
        assert desk.run(command, *options, *arguments).code == 0, name


def in_action(desk: Desk, **inputs: str) -> subprocess.CompletedProcess[str]:
    """The last step of the action, as the runner would run it."""
    action = yaml((ROOT / "action.yml").read_text())
    step = action["runs"]["steps"][-1]
    assert "${{" not in step["run"], "no expression becomes code"
    given = {name: field["default"] for name, field in action["inputs"].items()} | inputs
    values = {
        name: re.sub(r"\$\{\{ inputs\.(\w+) }}", lambda found: given[found[1]], text)
        for name, text in step["env"].items()
    }
    folder = desk.directory.parent / "runner"
    (folder / "reprieve" / "bin").mkdir(parents=True, exist_ok=True)
    link = folder / "reprieve" / "bin" / "reprieve"
    if not link.exists():
        link.symlink_to(REPRIEVE)
    return subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]],
        cwd=desk.directory,
        env=environment(RUNNER_TEMP=str(folder), **values),
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_action(desk: Desk) -> None:
    (example,) = yaml_blocks("uses: actions/checkout")
    inputs = example[1]["with"]
    drifted = in_action(desk, **inputs)
    assert drifted.returncode == 1, drifted.stderr
    desk.ok("export", "--all")
    assert in_action(desk, **inputs).returncode == 0
    assert in_action(desk, command="lint").returncode == 0
    assert in_action(desk, arguments="gitleaks.json").returncode == 0
    wrong = in_action(desk, command="lint; touch owned")
    assert wrong.returncode == 2
    in_action(desk, arguments="$(touch owned)\n`touch owned`\n; touch owned")
    assert not (desk.directory / "owned").exists()


def test_the_component_for_gitlab(desk: Desk) -> None:
    head, body = (ROOT / "templates" / "reprieve.yml").read_text().split("\n---\n")
    (example,) = yaml_blocks("component:")
    inputs = {name: field.get("default") for name, field in yaml(head)["spec"]["inputs"].items()}
    inputs |= example["include"][0]["inputs"]
    filled = re.sub(r"\$\[\[ inputs\.(\w+) ]]", lambda found: str(inputs[found[1]]), body)
    job = yaml(filled)["reprieve"]
    tools = desk.directory / ".reprieve" / "bin"
    tools.mkdir(parents=True)
    (tools / "reprieve").symlink_to(REPRIEVE)
    *_, last = job["script"]
    assert [line.split(" ", 1)[0] for line in job["script"][:2]] == ["python", ".reprieve/bin/python"]
    desk.ok("export", "--all")
    done = subprocess.run(
        ["bash", "-euc", f"set -f\n{last}"],
        cwd=desk.directory,
        env=environment(**job["variables"]),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
