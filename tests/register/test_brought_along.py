"""A repository that a pull request brings along as plain files: it is no register, and runs nothing.

Git takes any folder with HEAD, objects/ and refs/ for a repository, and believes its configuration.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.register.build import Yard, excepts, gate
from tests.support import git

NOT_BARE = {"core.bare": "false"}
SETTINGS = [{}, NOT_BARE, {**NOT_BARE, "core.worktree": "."}]


def brought_along(yard: Yard, source: Path, settings: dict[str, str]) -> Path:
    """The folder `deploy` of an application's clone, which is a repository with these settings."""
    folder = yard.clone("app") / "deploy"
    git(source, "clone", "--quiet", "--bare", ".", str(folder))
    for name, value in settings.items():
        git(folder, "config", "--file", "config", name, value)
    return folder


@pytest.mark.parametrize("inside", [".", "objects", "refs/heads"])
@pytest.mark.parametrize("settings", SETTINGS)
def test_it_is_no_register(yard: Yard, tmp_path: Path, inside: str, settings: dict[str, str]) -> None:
    attacker = Yard(tmp_path / "attacker")
    attacker.active()
    folder = brought_along(yard, attacker.directory, settings)
    git(folder, "config", "--file", "config", "--remove-section", "remote.origin")
    (folder / inside).mkdir(parents=True, exist_ok=True)
    result = gate(folder / inside)
    assert result.code == 2 or not excepts(result)


@pytest.mark.parametrize("settings", SETTINGS)
def test_it_runs_nothing(yard: Yard, tmp_path: Path, settings: dict[str, str]) -> None:
    program = f"touch {tmp_path}/pwned;"
    programs = {"remote.origin.uploadpack": program, "core.sshCommand": program, "core.fsmonitor": program}
    folder = brought_along(yard, yard.directory, {**settings, **programs})
    gate(folder, "--fetch")
    assert not (tmp_path / "pwned").exists()


def test_one_that_the_caller_names_is_a_register(yard: Yard) -> None:
    yard.active()
    folder = brought_along(yard, yard.directory, {})
    assert excepts(gate(folder.parent, "--register", "deploy", "--ref", "refs/heads/main"))
