"""What people do to an id, while somebody else has pushed a branch that asks for the same one."""

from __future__ import annotations

import pytest

from tests.register.build import (
    CAROL,
    MALLORY,
    RECORD,
    SAM,
    WIDER,
    excepts,
    gate,
)
from tests.support import FOLDER, Office, git, record_file, run_cli


def push_another(office: Office, name: str, text: str) -> None:
    """Mallory pushes a branch of her own for an id that is not hers."""
    mallory = office.desk(MALLORY)
    mallory.git("fetch", "--quiet")
    mallory.git("checkout", "--quiet", "-b", name, "origin/main")
    path = next((mallory.directory / FOLDER).glob("EXC-001-*"), mallory.directory / RECORD)
    path.write_text(text)
    mallory.git("add", "--all")
    mallory.git("commit", "--quiet", "--message", "Ask")
    mallory.git("push", "--quiet", "origin", name)


def held(office: Office, commit: str) -> str:
    """The records that a commit's tree holds."""
    names = git(office.remote, "ls-tree", "-r", "--name-only", commit, FOLDER).splitlines()
    return "".join(git(office.remote, "show", f"{commit}:{name}") for name in names if "/EXC-" in name)


@pytest.mark.parametrize("name", ["exception/EXC-001-zzz", "exception/EXC-001-a", "exception/EXC-0001"])
def test_who_approves_an_id_does_not_approve_another_branch_for_it(office: Office, name: str) -> None:
    identifier = office.request(risk="medium")
    push_another(office, name, record_file(scope=WIDER).decode())
    done = office.desk("security-team").run("decide", identifier, "approve", "--role", "security-team")
    assert not excepts(
        gate(office.desk().directory, "--fetch", report=None)
    ) or "KSV001" not in office.record(identifier)
    assert done.code in {0, 2}, done.err
    listing = git(office.remote, "log", "--format=%ae", f"refs/heads/{name}")
    assert SAM not in listing.split(), "sam approved what mallory wrote"


def test_a_branch_of_somebody_does_not_keep_an_exception_from_being_revoked(office: Office) -> None:
    identifier = office.active()
    push_another(office, "exception/EXC-001-keep", office.record(identifier).replace("KSV012", "KSV*"))
    done = office.desk(CAROL).run("revoke", identifier, "--reason", "An attacker used it.")
    assert done.code == 0, done.err
    assert not excepts(gate(office.desk().directory, "--fetch"))


def test_a_branch_with_a_huge_number_does_not_keep_others_from_asking(office: Office) -> None:
    mallory = office.desk(MALLORY)
    mallory.git("push", "--quiet", "origin", "HEAD:refs/heads/exception/EXC-999999999999")
    draft = office.root / "draft.md"
    draft.write_bytes(record_file())
    done = run_cli("request", "--file", str(draft), cwd=office.desk().directory)
    assert done.code == 0, done.err
