"""Names that look like the protected branch, and names that are none: refs are taken in full only."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.register.build import (
    Yard,
    excepts,
    gate,
    refusal,
)
from tests.register.scenes import evil_line
from tests.support import git


def tag(clone: Path, evil: str) -> None:
    for name in ("main", "origin/main", "origin/HEAD", "refs/heads/main", "refs/remotes/origin/main", "HEAD"):
        git(clone, "tag", name, evil)


def local_branches(clone: Path, evil: str) -> None:
    for name in ("origin/main", "refs/heads/main", "refs/remotes/origin/main", "remotes/origin/main"):
        git(clone, "branch", name, evil)


def odd_refs(clone: Path, evil: str) -> None:
    for name in ("refs/main", "refs/origin/main", "refs/remotes/main", "refs/heads/HEAD"):
        git(clone, "update-ref", name, evil)


def another_remote(clone: Path, evil: str) -> None:
    git(clone, "update-ref", "refs/remotes/zzz/main", evil)
    git(clone, "symbolic-ref", "refs/remotes/zzz/HEAD", "refs/remotes/zzz/main")
    git(clone, "config", "remote.zzz.url", str(clone))


@pytest.mark.parametrize("trick", [tag, local_branches, odd_refs, another_remote])
@pytest.mark.parametrize("options", [(), ("--ref", "main"), ("--ref", "origin/main")])
def test_no_other_ref_stands_in_for_the_protected_branch(
    yard: Yard, trick: Callable[[Path, str], None], options: tuple[str, ...]
) -> None:
    clone = yard.clone()
    evil = evil_line(clone, "evil")
    trick(clone, evil)
    result = gate(clone, *options)
    assert not excepts(result)
    assert result.json()["register"]["commit"] == yard.head("main")


def test_no_branch_of_the_remote_stands_in_for_the_protected_one(yard: Yard) -> None:
    clone = yard.clone()
    evil = evil_line(yard.directory, "evil")
    yard.checkout("main")
    for name in ("HEAD", "origin/main", "origin/HEAD", "refs/remotes/origin/main", "refs/heads/main"):
        yard.git("update-ref", f"refs/heads/{name}", evil)
    for _ in range(2):
        result = gate(clone, "--fetch")
        assert not excepts(result)
        assert result.json()["register"]["commit"] == yard.head("main")


@pytest.mark.parametrize(
    "ref",
    ["HEAD", "@", "@{u}", "@{upstream}", "main@{0}", "main~1", "main^{commit}", "main:security", ":/Start",
     "FETCH_HEAD", "ORIG_HEAD", "stash", "--all", "-h", "--output=x", "", " ", "main ", "../main", "v1",
     "heads/main", "tags/v1", "refs/tags/v1", "refs/", "refs/heads/../tags/v1", "refs/stash", "ma*", "[m]ain",
     "deadbee", "0" * 40, "f" * 64, "refs/heads/none", "none", "$(touch x)", "main\n", "..main"],
)  # fmt: skip
@pytest.mark.parametrize("remote", [False, True])
def test_a_ref_is_a_branch_s_name_or_a_commit_and_nothing_else(yard: Yard, ref: str, remote: bool) -> None:
    yard.git("tag", "v1")
    directory = yard.clone() if remote else yard.directory
    git(directory, "update-ref", "refs/stash", "HEAD")
    assert "--ref" in refusal(gate(directory, "--ref", ref))


@pytest.mark.parametrize("ref", ["main", "origin/main", "refs/remotes/origin/main"])
def test_the_protected_branch_may_be_named_in_these_ways(yard: Yard, ref: str) -> None:
    yard.active()
    result = gate(yard.clone(), "--ref", ref)
    assert excepts(result)
    assert result.json()["register"]["ref"] == "refs/remotes/origin/main"


def test_a_commit_may_be_named(yard: Yard) -> None:
    before = yard.head()
    yard.active()
    assert excepts(yard.gate("--ref", yard.head()))
    assert not excepts(yard.gate("--ref", before))
    assert "--ref" in refusal(yard.gate("--ref", yard.head("HEAD^{tree}")))


@pytest.mark.parametrize(
    "name",
    ["exception/EXC-002;id", "exception/EXC-002$(touch${IFS}pwned)", "exception/EXC-002'\"`id`&", "-x",
     "exception/-x", "exception/EXC-002|id", "exception/émoji-🎉"],
)  # fmt: skip
def test_shell_characters_in_branch_names_do_nothing(yard: Yard, name: str) -> None:
    yard.active()
    evil = yard.git("commit-tree", "-m", "x", "HEAD^{tree}")
    yard.git("update-ref", f"refs/heads/{name}", evil)
    clone = yard.clone()
    assert excepts(gate(clone, "--fetch"))
    assert not [*yard.directory.glob("pwned*"), *clone.glob("pwned*")]
