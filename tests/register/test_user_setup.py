"""Nothing of the caller's git setup, and nothing that hides in a repository, changes a verdict or runs."""

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
    SIGNERS_FILE,
    WIDER,
    Key,
    Yard,
    charter,
    excepts,
    gate,
    identity,
    signers,
    trailers,
)
from tests.support import Office, git, record_file, run_cli

Keys = dict[str, Key]
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


# Programs and settings


SETTINGS = {
    "gpg.program": "{program}",
    "gpg.openpgp.program": "{program}",
    "gpg.x509.program": "{program}",
    "gpg.ssh.program": "{program}",
    "gpg.ssh.allowedSignersFile": "{list}",
    "gpg.ssh.revocationFile": "{list}",
    "gpg.ssh.defaultKeyCommand": "{program}",
    "gpg.format": "openpgp",
    "gpg.minTrustLevel": "never",
    "log.showSignature": "true",
    "log.follow": "true",
    "log.date": "human",
    "log.abbrevCommit": "true",
    "log.decorate": "full",
    "format.pretty": "oneline",
    "core.pager": "{program}",
    "core.editor": "{program}",
    "core.fsmonitor": "{program}",
    "core.alternateRefsCommand": "{program}",
    "core.quotePath": "true",
    "core.abbrev": "4",
    "core.attributesFile": "{list}",
    "diff.external": "{program}",
    "diff.renames": "copies",
    "diff.noprefix": "true",
    "diff.orderFile": "{list}",
    "diff.ignoreSubmodules": "all",
    "color.ui": "always",
    "i18n.logOutputEncoding": "UTF-16",
    "trailer.separators": "#",
    "trailer.ifexists": "replace",
    "alias.log": "!{program}",
    "pager.log": "{program}",
    "blame.ignoreRevsFile": "{list}",
    "extensions.worktreeConfig": "true",
    "uploadpack.hideRefs": "refs/heads/main",
    "transfer.hideRefs": "refs/heads/main",
    "submodule.recurse": "true",
    "fetch.prune": "false",
    "core.sparseCheckout": "true",
    "core.ignoreCase": "true",
    "core.precomposeUnicode": "true",
    "core.autocrlf": "true",
    "core.eol": "crlf",
    "core.multiPackIndex": "false",
    "core.commitGraph": "false",
}


def configure(directory: Path, marker: Path, scope: str) -> None:
    """Every setting of the list, in the repository or for the user."""
    program = script(directory.parent / "program", marker, 'exec ssh-keygen "$@"')
    known = directory.parent / "list"
    known.write_text("")
    for name, value in SETTINGS.items():
        git(directory, "config", scope, name, value.format(program=program, list=known))


@pytest.mark.parametrize("scope", ["--local", "--global"])
@pytest.mark.parametrize("who", ["sam", "mallory"])
def test_no_setting_changes_a_verdict_on_signatures(yard: Yard, keys: Keys, scope: str, who: str) -> None:
    yard = Yard(
        yard.directory.with_name("signing"), charter("signatures: required\n"), signers(sam=keys["sam"])
    )
    yard.active(key=keys[who])
    marker = yard.directory.parent / "marker"
    configure(yard.directory, marker, scope)
    result = yard.gate()
    assert excepts(result) == (who == "sam")
    assert not marker.exists()
    if who == "sam":
        assert result.json()["register"]["trust"] == "signed"


def test_a_user_s_own_list_of_keys_vouches_for_nobody(yard: Yard, keys: Keys) -> None:
    yard = Yard(
        yard.directory.with_name("signing"), charter("signatures: required\n"), signers(sam=keys["sam"])
    )
    mine = yard.directory.with_name("mine")
    mine.write_text(f"sam@example.com {keys['mallory'].public}\n")
    yard.git("config", "--global", "gpg.ssh.allowedSignersFile", str(mine))
    yard.git("config", "gpg.ssh.allowedSignersFile", str(mine))
    yard.write({SIGNERS_FILE: mine.read_text()})
    yard.active(key=keys["mallory"])
    assert not excepts(yard.gate())


PROSE = "Some prose\nand more of it\nthat ends here\n"


@pytest.mark.parametrize("name", ["x", "reprieve-decision"])
@pytest.mark.parametrize("scope", ["--local", "--global"])
def test_configured_trailers_make_no_prose_a_decision(yard: Yard, name: str, scope: str) -> None:
    # Git takes a paragraph for trailers when a quarter of its lines are, and one of them is configured.
    yard.ask()
    yard.commit(None, f"Decide\n\n{PROSE}{trailers('security-team', yard.terms())}", who=SAM)
    yard.merge()
    assert not excepts(yard.gate())
    yard.git("config", scope, f"trailer.{name}.key", "Reprieve-Decision")
    yard.commit()
    assert not excepts(yard.gate())


@pytest.mark.parametrize(
    ("name", "key"),
    [("reprieve-decision", "Other"), ("role", "Reprieve-Role#"), ("reprieve-terms", "Reprieve-Role")],
)
def test_configured_trailers_rename_nothing(yard: Yard, name: str, key: str) -> None:
    yard.git("config", "--global", f"trailer.{name}.key", key)
    yard.active()
    assert excepts(yard.gate())


def test_configured_trailers_complete_no_shorter_word(yard: Yard) -> None:
    yard.git("config", "--global", "trailer.reprieve-decision.key", "Reprieve-Decision")
    yard.ask()
    lines = trailers("security-team", yard.terms()).replace("Reprieve-Decision", "Reprieve-D")
    yard.commit(None, f"Decide\n\n{lines}", who=SAM)
    yard.merge()
    assert not excepts(yard.gate())


@pytest.fixture
def poisoned(yard: Yard, tmp_path: Path) -> Yard:
    """Another register, in which mallory has granted herself everything."""
    evil = Yard(tmp_path / "evil", charter("approvals: merged\n"))
    evil.commit({RECORD: record_file(scope=WIDER)})
    return evil


VARIABLES = {
    "GIT_DIR": "{evil}/.git",
    "GIT_WORK_TREE": "{evil}",
    "GIT_COMMON_DIR": "{evil}/.git",
    "GIT_INDEX_FILE": "{evil}/.git/index",
    "GIT_OBJECT_DIRECTORY": "{evil}/.git/objects",
    "GIT_ALTERNATE_OBJECT_DIRECTORIES": "{evil}/.git/objects",
    "GIT_NAMESPACE": "evil",
    "GIT_REPLACE_REF_BASE": "refs/heads/",
    "GIT_ATTR_SOURCE": "main",
    "GIT_SHALLOW_FILE": "{evil}/.git/description",
    "GIT_GRAFT_FILE": "{grafts}",
    "GIT_CEILING_DIRECTORIES": "/",
    "GIT_DISCOVERY_ACROSS_FILESYSTEM": "0",
    "GIT_EXTERNAL_DIFF": "{program}",
    "GIT_PAGER": "{program}",
    "GIT_EDITOR": "{program}",
    "GIT_DIFF_OPTS": "--unified=0",
    "GIT_LITERAL_PATHSPECS": "1",
    "GIT_ICASE_PATHSPECS": "1",
    "GIT_CONFIG_COUNT": "1",
    "GIT_CONFIG_KEY_0": "core.worktree",
    "GIT_CONFIG_VALUE_0": "{evil}",
    "GIT_CONFIG_PARAMETERS": "'mailmap.file'='{evil}/.mailmap'",
    "GIT_CONFIG": "{evil}/.git/config",
    "GIT_QUARANTINE_PATH": "{evil}",
    "GIT_REF_PARANOIA": "0",
    "GIT_DEFAULT_HASH": "sha256",
    "GIT_NO_REPLACE_OBJECTS": "",
    "GIT_TRACE": "2",
    "GIT_FLUSH": "1",
    "TZ": "Pacific/Kiritimati",
    "LANGUAGE": "de",
    "LC_ALL": "C",
    "LANG": "tr_TR.UTF-8",
}


def test_no_variable_changes_what_is_read(
    yard: Yard, poisoned: Yard, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    marker = tmp_path / "marker"
    (tmp_path / "grafts").write_text(f"{yard.head()} {'0' * 40}\n")
    program = script(tmp_path / "program", marker)
    clone = yard.clone()
    assert excepts(poisoned.gate())
    for name, value in VARIABLES.items():
        monkeypatch.setenv(
            name, value.format(evil=poisoned.directory, program=program, grafts=tmp_path / "grafts")
        )
    for directory in (yard.directory, clone):
        result = gate(directory, "--no-fetch")
        assert not excepts(result)
    assert not marker.exists()
    for name in VARIABLES:
        monkeypatch.delenv(name)
    yard.active()
    for name, value in VARIABLES.items():
        monkeypatch.setenv(
            name, value.format(evil=poisoned.directory, program=program, grafts=tmp_path / "grafts")
        )
    assert excepts(gate(yard.directory)), "and the right one is still read"
    assert excepts(gate(clone, "--fetch"))


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
