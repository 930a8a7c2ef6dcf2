"""No setting of git and no variable changes a verdict, and no program that they name runs."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.register.build import (
    RECORD,
    SAM,
    SIGNERS_FILE,
    WIDER,
    Yard,
    charter,
    excepts,
    gate,
    signers,
    trailers,
)
from tests.register.scenes import Keys, signing_yard
from tests.support import git, record_file


def script(path: Path, marker: Path, after: str = "exit 0") -> Path:
    """A program that leaves a mark when it runs."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\ntouch '{marker}'\n{after}\n")
    path.chmod(0o755)
    return path


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
    yard = signing_yard(yard, keys, signers(sam=keys["sam"]))
    yard.active(key=keys[who])
    marker = yard.directory.parent / "marker"
    configure(yard.directory, marker, scope)
    result = yard.gate()
    assert excepts(result) == (who == "sam")
    assert not marker.exists()
    if who == "sam":
        assert result.json()["register"]["trust"] == "signed"


def test_a_user_s_own_list_of_keys_vouches_for_nobody(yard: Yard, keys: Keys) -> None:
    yard = signing_yard(yard, keys, signers(sam=keys["sam"]))
    mine = yard.directory.with_name("mine")
    mine.write_text(signers(sam=keys["mallory"], dana=keys["dana"]))
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
