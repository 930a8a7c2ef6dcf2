"""Mailmaps, replacements, grafts, hooks and filters: nothing that hides in a repository counts or runs."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.register.build import (
    ADMIN,
    BRANCH,
    MALLORY,
    RECORD,
    SAM,
    Yard,
    charter,
    excepts,
    gate,
    identity,
)
from tests.support import Office, git, record_file, run_cli

HOOKS = [
    "post-checkout", "post-commit", "post-merge", "post-rewrite", "pre-commit", "prepare-commit-msg",
    "commit-msg", "pre-push", "pre-rebase", "pre-merge-commit", "reference-transaction", "post-index-change",
    "update", "pre-receive", "post-receive", "post-update", "push-to-checkout", "fsmonitor-watchman",
    "pre-auto-gc", "proc-receive",
]  # fmt: skip


def script(path: Path, marker: Path, after: str = "exit 0") -> Path:
    """A program that leaves a mark when it runs."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\ntouch '{marker}'\n{after}\n")
    path.chmod(0o755)
    return path


# Who wrote a commit


def mailmap_in_the_tree(yard: Yard) -> None:
    yard.commit({".mailmap": f"Sam <{SAM}> Mallory <{MALLORY}>\n"}, who=MALLORY)


def mailmap_in_the_configuration(yard: Yard) -> None:
    path = yard.directory / ".git" / "mailmap"
    path.write_text(f"Sam <{SAM}> Mallory <{MALLORY}>\n")
    yard.git("config", "mailmap.file", str(path))
    yard.git("config", "log.mailmap", "true")


@pytest.mark.parametrize("mailmap", [mailmap_in_the_tree, mailmap_in_the_configuration])
def test_a_mailmap_makes_nobody_someone_else(yard: Yard, mailmap: Callable[[Yard], None]) -> None:
    mailmap(yard)
    assert yard.git("log", "-1", "--format=%aE", f"--author={MALLORY}") in {"", SAM}
    yard.ask()
    yard.decide(who=MALLORY)
    yard.merge()
    assert not excepts(yard.gate())


def test_a_mailmap_does_not_hide_that_the_requester_approves(yard: Yard) -> None:
    yard.commit({".mailmap": f"Other <other@example.com> Sam <{SAM}>\n"}, who=MALLORY)
    yard.ask(who=SAM)
    yard.decide()
    yard.merge()
    assert not excepts(yard.gate())


# What a commit holds


def test_replace_objects_replace_nothing(yard: Yard) -> None:
    yard.active(scope=[{"checks": ["KSV001"], "namespaces": ["billing"]}])
    assert not excepts(yard.gate())
    blob = yard.git("rev-parse", f"HEAD:{RECORD}")
    other = yard.git("hash-object", "-w", "--stdin", stdin=record_file().decode())
    yard.git("replace", blob, other)
    assert "KSV012" in yard.show(RECORD)
    assert not excepts(yard.gate())


def test_a_replaced_commit_is_the_one_it_was(yard: Yard) -> None:
    yard.ask()
    mine = yard.decide(who=MALLORY)
    theirs = yard.git(
        "commit-tree", "-p", f"{mine}~1", "-m", yard.git("log", "-1", "--format=%B"), f"{mine}^{{tree}}",
        **identity(SAM),
    )  # fmt: skip
    yard.merge()
    yard.git("replace", mine, theirs)
    assert yard.git("log", "-1", "--format=%ae", BRANCH) == SAM
    assert not excepts(yard.gate())


def test_replaced_refs_of_a_remote_replace_nothing(yard: Yard) -> None:
    clone = yard.clone()
    evil = Yard(yard.directory.with_name("evil"), charter("approvals: merged\n"))
    evil.commit({RECORD: record_file()})
    git(clone, "fetch", "--quiet", str(evil.directory), "main")
    git(clone, "replace", git(clone, "rev-parse", "origin/main"), "FETCH_HEAD")
    assert not excepts(gate(clone))


def test_a_graft_grafts_nothing(yard: Yard) -> None:
    yard.ask()
    yard.decide()
    decided = yard.head()
    yard.checkout("main")
    yard.git("merge", "--quiet", "--squash", BRANCH)
    squashed = yard.commit(None, "Ask (#12)")
    grafts = yard.directory / ".git" / "info" / "grafts"
    grafts.write_text(f"{squashed} {yard.head('main~1')} {decided}\n")
    assert decided in yard.git("log", "--format=%H")
    assert not excepts(yard.gate())


def test_a_graft_does_not_hide_a_revocation(yard: Yard) -> None:
    before = yard.active()
    yard.edit("scope:\n", "revoked: {date: 2026-01-02, by: carol@example.com, reason: Abuse.}\nscope:\n")
    yard.git("checkout", "--quiet", before, "--", RECORD)
    last = yard.commit(None, "Back")
    (yard.directory / ".git" / "info" / "grafts").write_text(f"{last} {before}\n")
    assert not excepts(yard.gate())


# Hooks


def install_hooks(directory: Path, marker: Path) -> None:
    for name in HOOKS:
        script(directory / ".git" / "hooks" / name, marker)


def install_hooks_elsewhere(directory: Path, marker: Path) -> None:
    for name in HOOKS:
        script(directory / "hooks" / name, marker)
    git(directory, "config", "core.hooksPath", str(directory / "hooks"))
    git(directory, "config", "core.fsmonitor", str(directory / "hooks" / "fsmonitor-watchman"))
    (directory / ".git" / "info" / "exclude").write_text("/hooks/\n")


@pytest.mark.parametrize("install", [install_hooks, install_hooks_elsewhere])
def test_no_hook_of_the_user_s_repository_runs(
    office: Office, tmp_path: Path, install: Callable[[Path, Path], None]
) -> None:
    marker = tmp_path / "marker"
    sam, dana = office.desk("security-team"), office.desk()
    for desk in (sam, dana):
        install(desk.directory, marker)
    identifier = office.request()
    assert not marker.exists()
    sam.git("checkout", "--quiet", "--detach")
    marker.unlink(missing_ok=True)  # that was git's own, and the marker works
    office.approve(identifier, "security-team")
    assert excepts(gate(dana.directory, "--fetch"))
    dana.ok("revoke", identifier, "--reason", "No longer needed.")
    assert not marker.exists()


def test_no_hook_runs_when_the_checked_out_branch_moves(yard: Yard, tmp_path: Path) -> None:
    marker = tmp_path / "marker"
    yard.active()
    install_hooks(yard.directory, marker)
    yard.checkout("main")
    marker.unlink()
    done = run_cli("progress", "EXC-001", "v4 in staging", cwd=yard.directory)
    assert done.code == 0, done.err
    assert "v4 in staging" in (yard.directory / RECORD).read_text()
    assert not marker.exists()


def test_a_program_called_git_beside_the_register_is_not_run(
    yard: Yard, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    marker = tmp_path / "marker"
    for name in ("git", "ssh-keygen", "false", "gpg"):
        script(yard.directory / name, marker)
    yard.active()
    monkeypatch.setenv("PATH", f"{os.environ['PATH']}:{yard.directory}")
    assert excepts(yard.gate())
    assert not marker.exists()


def test_attributes_in_the_register_filter_nothing(yard: Yard, tmp_path: Path) -> None:
    marker = tmp_path / "marker"
    program = script(tmp_path / "program", marker, "cat")
    yard.active()
    yard.git("config", "filter.evil.clean", str(program))
    yard.git("config", "filter.evil.smudge", str(program))
    yard.git("config", "diff.evil.textconv", str(program))
    yard.git("config", "diff.evil.command", str(program))
    (yard.directory / ".git" / "info" / "attributes").write_text("* filter=evil diff=evil merge=evil\n")
    yard.git("update-index", "--refresh")
    marker.unlink(missing_ok=True)
    assert excepts(yard.gate())
    assert not marker.exists()


def test_an_unfinished_merge_in_the_working_tree_is_no_matter(yard: Yard) -> None:
    yard.ask()
    yard.decide()
    yard.checkout("main")
    yard.git("merge", "--quiet", "--no-ff", "--no-commit", BRANCH, **identity(ADMIN))
    assert not excepts(yard.gate())
    yard.git("merge", "--continue", GIT_EDITOR="true")
    assert excepts(yard.gate())
