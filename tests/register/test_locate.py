"""Which branch is the protected one: told for sure, by full names only, or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from reprieve.register.register import Register
from tests.register.build import (
    ADMIN,
    BRANCH,
    CHARTER_FILE,
    RECORD,
    Yard,
    excepts,
    gate,
    identity,
    refusal,
)
from tests.register.scenes import LOOSE, evil_line
from tests.support import CHARTER, git


def test_an_evil_line_passes_where_it_is_the_protected_one(yard: Yard) -> None:
    evil_line(yard.directory, "evil")
    assert excepts(yard.gate("--ref", "evil"))
    assert not excepts(yard.gate())


# No remote


@pytest.mark.parametrize(
    ("names", "used"),
    [
        (["main"], "main"),
        (["master"], "master"),
        (["master", "main"], "main"),
        (["master", "trunk"], "master"),
    ],
)
def test_without_a_remote_main_then_master(yard: Yard, names: list[str], used: str) -> None:
    yard.git("checkout", "--quiet", "--detach")
    for name in names:
        yard.git("branch", "--force", name)
    if "main" not in names:
        yard.git("branch", "-D", "main")
    assert yard.gate().json()["register"]["ref"] == f"refs/heads/{used}"


def test_without_a_remote_main_or_master_it_wants_a_ref(yard: Yard) -> None:
    yard.git("branch", "--move", "trunk")
    assert "--ref" in refusal(yard.gate())
    assert yard.gate("--ref", "trunk").json()["register"]["ref"] == "refs/heads/trunk"


def test_head_does_not_choose(yard: Yard) -> None:
    evil_line(yard.directory, "evil")
    assert not excepts(yard.gate())
    yard.git("checkout", "--quiet", "--detach")
    assert not excepts(yard.gate())


# Remotes


def test_the_remote_s_default_branch_is_used_whatever_its_name(yard: Yard) -> None:
    yard.active()
    yard.git("branch", "--move", "main", "trunk")
    yard.git("branch", "main", "trunk~1")
    yard.checkout("trunk")
    git(yard.directory.parent, "clone", "--quiet", str(yard.directory), "clone")
    result = gate(yard.directory.parent / "clone")
    assert excepts(result)
    assert result.json()["register"]["ref"] == "refs/remotes/origin/trunk"


def test_a_default_branch_that_is_not_known_is_asked_of_the_remote(yard: Yard) -> None:
    yard.active()
    clone = yard.clone()
    url = git(clone, "remote", "get-url", "origin").strip()
    git(clone, "remote", "set-head", "origin", "--delete")
    git(clone, "remote", "set-url", "origin", str(clone / "nowhere"))
    assert "--ref" in refusal(gate(clone))
    assert excepts(gate(clone, "--ref", "main"))
    git(clone, "remote", "set-url", "origin", url)
    assert excepts(gate(clone)), "as in a clone of what was empty then"


def test_a_default_branch_that_is_gone_wants_a_ref(yard: Yard) -> None:
    yard.active()
    clone = yard.clone()
    git(clone, "symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/gone")
    assert "--ref" in refusal(gate(clone))
    assert "--ref" in refusal(gate(clone, "--fetch"))


def test_a_remote_that_was_never_fetched_wants_a_ref_or_a_fetch(yard: Yard, tmp_path: Path) -> None:
    yard.active()
    other = Yard(tmp_path / "other", LOOSE)
    evil_line(other.directory, "evil")
    other.git("remote", "add", "origin", str(yard.directory))
    assert "--ref" in refusal(other.gate())
    assert excepts(other.gate("--fetch"))


def test_an_empty_remote_is_an_error_not_the_local_branch(yard: Yard, tmp_path: Path) -> None:
    yard.active()
    git(tmp_path, "init", "--quiet", "--bare", "empty.git")
    yard.git("remote", "add", "origin", str(tmp_path / "empty.git"))
    refusal(yard.gate())
    refusal(yard.gate("--fetch"))


def test_a_remote_that_cannot_be_reached_is_an_error(yard: Yard) -> None:
    yard.active()
    clone = yard.clone()
    git(clone, "remote", "set-url", "origin", str(yard.directory.with_name("gone")))
    assert "--no-fetch" in refusal(gate(clone, "--fetch"))
    assert excepts(gate(clone, "--no-fetch"))


def test_ci_means_fetch(yard: Yard, monkeypatch: pytest.MonkeyPatch) -> None:
    clone = yard.clone()
    yard.active()
    assert not excepts(gate(clone))
    monkeypatch.setenv("CI", "true")
    assert excepts(gate(clone))


def test_of_several_remotes_origin_is_used(yard: Yard, tmp_path: Path) -> None:
    yard.active()
    clone = yard.clone()
    other = Yard(tmp_path / "other")
    git(clone, "remote", "add", "fork", str(other.directory))
    git(clone, "fetch", "--quiet", "fork")
    assert excepts(gate(clone))
    git(clone, "remote", "set-head", "fork", "main")
    assert excepts(gate(clone))


def test_of_several_remotes_without_origin_none_is_guessed(yard: Yard, tmp_path: Path) -> None:
    yard.active()
    clone = yard.clone()
    other = Yard(tmp_path / "other", LOOSE)
    git(clone, "remote", "rename", "origin", "upstream")
    git(clone, "remote", "add", "fork", str(other.directory))
    message = refusal(gate(clone))
    assert "--ref" in message
    assert excepts(gate(clone, "--ref", "refs/remotes/upstream/main"))


def test_the_only_remote_may_have_any_name(yard: Yard) -> None:
    yard.active()
    clone = yard.clone()
    git(clone, "remote", "rename", "origin", "upstream")
    assert excepts(gate(clone))
    assert excepts(gate(clone, "--fetch", "--ref", "main"))


def test_a_deleted_branch_at_the_remote_is_forgotten(yard: Yard) -> None:
    yard.ask()
    clone = yard.clone()
    assert gate(clone).json()["findings"][0]["disposition"] == "pending"
    yard.git("branch", "--quiet", "-D", BRANCH)
    assert gate(clone, "--fetch").json()["findings"][0]["disposition"] == "open"


# Places


@pytest.mark.parametrize(
    "where",
    ["ext::touch pwned", "ext://touch%20pwned", "--upload-pack=touch pwned@host:x", "-u@host:x", "fd::17",
     "ssh://-oProxyCommand=touch%20pwned/x", "-oProxyCommand=touch pwned@host:x", "transport::address", "",
     "no/such/folder", "x" * 5000],
)  # fmt: skip
def test_a_register_that_is_no_place_is_an_error_and_runs_nothing(tmp_path: Path, where: str) -> None:
    refusal(gate(tmp_path, "--register", where))
    assert not list(tmp_path.rglob("pwned*"))


def test_outside_any_repository_there_is_no_register(tmp_path: Path) -> None:
    assert "--register" in refusal(gate(tmp_path))


def test_a_register_elsewhere_by_folder_and_by_address(yard: Yard, tmp_path: Path) -> None:
    yard.active()
    app = tmp_path / "app"
    git(tmp_path, "init", "--quiet", "app")
    assert "branch" in refusal(gate(app))
    assert excepts(gate(app, "--register", str(yard.directory)))
    address = f"file://{yard.directory}"
    assert excepts(gate(app, "--register", address))
    yard.edit("KSV012", "KSV001")
    assert excepts(gate(app, "--register", address)), "not fetched"
    assert not excepts(gate(app, "--register", address, "--fetch"))


def test_a_bare_register_may_be_named(yard: Yard, tmp_path: Path) -> None:
    yard.active()
    git(tmp_path, "clone", "--quiet", "--bare", str(yard.directory), "register.git")
    git(tmp_path / "register.git", "remote", "remove", "origin")
    assert excepts(gate(tmp_path, "--register", str(tmp_path / "register.git")))


def test_a_linked_worktree_sees_the_same_register(yard: Yard, tmp_path: Path) -> None:
    yard.active()
    yard.git("worktree", "add", "--quiet", "-b", "other", str(tmp_path / "linked"), "main~1")
    assert excepts(gate(tmp_path / "linked"))
    assert excepts(gate(tmp_path / "linked" / "security"))


# Not the whole history


def test_a_shallow_clone_is_an_error_with_the_line_that_fixes_it(yard: Yard, tmp_path: Path) -> None:
    yard.active()
    git(tmp_path, "clone", "--quiet", "--depth=1", f"file://{yard.directory}", "shallow")
    message = refusal(gate(tmp_path / "shallow"))
    assert "git fetch --unshallow" in message
    assert "fetch-depth: 0" in message
    git(tmp_path / "shallow", "fetch", "--quiet", "--unshallow")
    assert excepts(gate(tmp_path / "shallow"))


def test_a_shallow_remote_is_an_error(yard: Yard, tmp_path: Path) -> None:
    yard.active()
    git(tmp_path, "clone", "--quiet", "--bare", "--depth=1", f"file://{yard.directory}", "shallow.git")
    refusal(gate(tmp_path, "--register", f"file://{tmp_path}/shallow.git"))


def test_a_missing_object_is_an_error(yard: Yard) -> None:
    yard.active()
    blob = yard.git("rev-parse", f"HEAD:{RECORD}")
    (yard.directory / ".git" / "objects" / blob[:2] / blob[2:]).unlink()
    refusal(yard.gate())


def test_a_missing_commit_is_an_error(yard: Yard) -> None:
    yard.active()
    commit = yard.head(BRANCH)
    (yard.directory / ".git" / "objects" / commit[:2] / commit[2:]).unlink()
    refusal(yard.gate())


def test_a_repository_without_commits_or_charter_is_an_error(tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet", "--initial-branch=main")
    refusal(gate(tmp_path))
    git(tmp_path, "commit", "--quiet", "--allow-empty", "--message", "x", **identity(ADMIN))
    assert "charter" in refusal(gate(tmp_path))
    (tmp_path / CHARTER_FILE).parent.mkdir(parents=True)
    (tmp_path / CHARTER_FILE).write_text(CHARTER)
    git(tmp_path, "add", "--all")
    git(tmp_path, "commit", "--quiet", "--message", "Start", **identity(ADMIN))
    assert not excepts(gate(tmp_path))
    assert Register.open(tmp_path).snapshot.cases == ()
