"""The Containerfile, as far as it goes without a builder: read, linted, and what it runs tried here."""

from __future__ import annotations

import importlib.metadata
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from reprieve.policy.inputs.dockerfile import read
from tests.console.serving import Served
from tests.support import run_cli

_ROOT = Path(__file__).parents[2]
_FILE = _ROOT / "Containerfile"


@pytest.fixture(scope="module")
def stages() -> list[list[dict[str, Any]]]:
    """The instructions of each stage."""
    (document,) = read("Containerfile", _FILE.read_text("utf-8"))
    found: Any = document.value
    return [stage["Commands"] for stage in found["Stages"]]


def _of(stage: list[dict[str, Any]], instruction: str) -> list[dict[str, Any]]:
    return [command for command in stage if command["Cmd"] == instruction]


def _last(stage: list[dict[str, Any]], instruction: str) -> list[str]:
    value: list[str] = _of(stage, instruction)[-1]["Value"]
    return value


def test_our_own_checks_find_nothing(tmp_path: Path) -> None:
    (tmp_path / "Containerfile").write_bytes(_FILE.read_bytes())
    found = run_cli("scan", ".", "--output", "json", cwd=tmp_path)
    assert found.code == 0, found.err
    verdict = json.loads(found.out)
    assert verdict["summary"]["passed"] > 20
    assert verdict["findings"] == []


def test_what_it_copies_is_there_and_let_in(stages: list[list[dict[str, Any]]]) -> None:
    let_in = (_ROOT / ".containerignore").read_text("utf-8").splitlines()
    for command in _of(stages[0], "copy"):
        for source in command["Value"][:-1]:
            assert (_ROOT / source).exists()
            assert f"!{source}" in let_in


def test_all_that_is_installed_has_its_digest_in_the_lock(stages: list[list[dict[str, Any]]]) -> None:
    fetched, installed = (command["Value"][0] for command in _of(stages[0], "run"))
    assert "--require-hashes --requirement requirements.lock" in fetched
    assert "PIP_NO_INDEX=1 PIP_FIND_LINKS=/wheels /opt/reprieve/bin/pip install" in installed
    assert installed.endswith("'.[console,postgres]'")
    lock = (_ROOT / "requirements.lock").read_text("utf-8")
    locked = {block.split("==")[0] for block in re.split(r"\n(?=\S)", lock) if "--hash=sha256:" in block}
    needed = _closure("reprieve", {"console", "postgres"}) - {"reprieve"}
    assert {"django", "gunicorn", "psycopg-binary"} <= needed
    assert needed <= locked
    assert "hatchling" in locked  # what builds ours


def test_it_runs_as_nobody_in_particular(stages: list[list[dict[str, Any]]]) -> None:
    assert _last(stages[1], "user") == ["10001:10001"]
    home = _last(stages[1], "volume")[0]
    setting = " ".join(_last(stages[1], "env"))
    for name in ("HOME", "REPRIEVE_CACHE_DIR", "REPRIEVE_CONSOLE_HOME"):
        assert re.search(rf"{name}\W+{home}", setting), setting


def test_its_command_is_one_of_ours(stages: list[list[dict[str, Any]]], tmp_path: Path) -> None:
    command = [*_last(stages[1], "entrypoint"), *_last(stages[1], "cmd")]
    assert command[0] == "reprieve"
    assert run_cli(*command[1:], "--help", cwd=tmp_path).code == 0


def test_its_health_is_that_of_the_console(stages: list[list[dict[str, Any]]], served: Served) -> None:
    (health,) = _of(stages[1], "healthcheck")
    asked = health["Value"][health["Value"].index("python") + 1 :]
    port = _last(stages[1], "expose")[0]
    here = [part.replace(f"http://127.0.0.1:{port}", served.url) for part in asked]
    assert here != asked
    assert subprocess.run([sys.executable, *here], check=False).returncode == 0
    served.stop()
    gone = subprocess.run([sys.executable, *here], check=False, capture_output=True)
    assert gone.returncode == 1


def _closure(name: str, extras: set[str]) -> set[str]:
    """A package and all that it needs here, with some of its extras."""
    found: set[tuple[str, str]] = set()
    ahead = [(canonicalize_name(name), extra) for extra in ("", *extras)]
    while ahead:
        package, extra = one = ahead.pop()
        if one in found:
            continue
        found.add(one)
        for line in importlib.metadata.requires(package) or ():
            wanted = Requirement(line)
            if wanted.marker is None or wanted.marker.evaluate({"extra": extra}):
                ahead += [(canonicalize_name(wanted.name), part) for part in ("", *wanted.extras)]
    return {package for package, _ in found}
