"""The archive of one exception: verified with sha256sum, git and ssh-keygen, from the archive alone."""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

from tests.register.build import (
    CAROL,
    MALLORY,
    RECORD,
    SAM,
    Key,
    Yard,
    charter,
    day,
    make_key,
    signers,
)
from tests.support import run_cli, trivy_report

REQUIRED = "signatures: required\n"


def packed(yard: Yard, tmp_path: Path, *arguments: str, identifier: str = "EXC-001") -> Path:
    """The archive, unpacked where nothing of the register is."""
    out = tmp_path / "pack.zip"
    done = run_cli("pack", identifier, *arguments, "--out", str(out), cwd=yard.directory)
    assert (done.code, done.out) == (0, ""), done.err
    with zipfile.ZipFile(out) as zipped:
        zipped.extractall(tmp_path / "desk")
    return tmp_path / "desk" / identifier


def steps(folder: Path) -> str:
    """The shell of the README, all of it."""
    found = re.findall(r"```sh\n(.*?)```", (folder / "README.md").read_text(), re.DOTALL)
    assert found
    return "".join(found)


def followed(folder: Path) -> subprocess.CompletedProcess[str]:
    """What somebody who has only the archive does: the README's steps, without this program on the way."""
    path = ":".join(p for p in os.environ["PATH"].split(":") if p != str(Path(sys.executable).parent))
    script = f"set -eu\n{steps(folder)}"
    command = ["sh", "-c", script]
    env = {**os.environ, "PATH": path}
    return subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, check=False)


def read(folder: Path, name: str) -> Any:
    return json.loads((folder / name).read_text())


@pytest.fixture
def keys(tmp_path: Path) -> dict[str, Key]:
    return {name: make_key(tmp_path, name) for name in ("dana", "sam", "mallory")}


@pytest.fixture
def signing(tmp_path: Path, keys: dict[str, Key]) -> Yard:
    allowed = signers(dana=keys["dana"], sam=keys["sam"])
    yard = Yard(tmp_path / "register", charter(REQUIRED), allowed, keys["dana"])
    yard.active(ago=20, requested=day(20), key=keys["sam"])
    return yard


def test_a_signed_decision_is_verified_from_the_archive_alone(signing: Yard, tmp_path: Path) -> None:
    folder = packed(signing, tmp_path)
    (proof,) = read(folder, "decisions.json")
    assert (proof["person"], proof["signature"], proof["principal"]) == (SAM, "good", SAM)
    assert (proof["trust"], proof["counts"]) == ("signed", True)
    assert "ssh-keygen -Y verify" in steps(folder)
    assert "verify-commit" in steps(folder)
    done = followed(folder)
    assert done.returncode == 0, done.stderr
    assert f'Good "git" signature for {SAM}' in done.stdout + done.stderr
    shown = subprocess.run(
        ["git", "-C", "repository", "show", f"{proof['commit']}:{RECORD}"],
        cwd=folder,
        capture_output=True,
        check=True,
    ).stdout
    assert shown == (folder / "record.md").read_bytes()


def _flip(path: Path) -> None:
    raw = bytearray(path.read_bytes())
    raw[len(raw) // 2] ^= 1
    path.write_bytes(bytes(raw))


@pytest.mark.parametrize(
    "kind",
    [
        *("commits/*.commit", "commits/*.payload", "terms/*.txt", "objects/*.blob"),
        "record.md",
        "versions/*.md",
    ],
)
def test_what_was_changed_is_found_even_with_new_sums(signing: Yard, tmp_path: Path, kind: str) -> None:
    folder = packed(signing, tmp_path)
    decided = read(folder, "decisions.json")[0]["commit"]
    own = [path for path in folder.glob(kind) if not kind.startswith("commits") or decided in path.name]
    _flip(own[0])
    assert followed(folder).returncode != 0
    names = sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file())
    listed = [name for name in names if name != "SHA256SUMS" and not name.startswith("repository/")]
    sums = subprocess.run(["sha256sum", *listed], cwd=folder, capture_output=True, text=True, check=True)
    (folder / "SHA256SUMS").write_text(sums.stdout)
    assert followed(folder).returncode != 0


def test_the_record_as_it_is_is_verified_whatever_changed_it(signing: Yard, tmp_path: Path) -> None:
    """A change that is no event, such as a remark in the file, is in a commit that the archive holds, too."""
    text = (signing.directory / RECORD).read_text().replace("\nowner:", "\n# a remark\nowner:")
    signing.commit({RECORD: text}, "A remark")
    folder = packed(signing, tmp_path)
    assert "# a remark" in (folder / "record.md").read_text()
    assert followed(folder).returncode == 0


def test_a_stranger_s_signature_is_not_taken_for_one(
    signing: Yard, keys: dict[str, Key], tmp_path: Path
) -> None:
    signing.ask("EXC-002", ago=9, requested=day(9))
    signing.decide(identifier="EXC-002", ago=9, key=keys["mallory"])
    signing.checkout("main")
    folder = packed(signing, tmp_path, identifier="EXC-002")
    (proof,) = read(folder, "decisions.json")
    assert (proof["signature"], proof["counts"]) == ("unknown", False)
    assert "ssh-keygen -Y verify" not in steps(folder)
    assert followed(folder).returncode == 0


def test_each_version_of_the_terms_and_every_decision_is_there(tmp_path: Path) -> None:
    yard = Yard(tmp_path / "register")
    yard.active(ago=40, requested=day(40))
    yard.edit("KSV012", "KSV001", who=MALLORY, ago=30)
    yard.decide(ago=20)
    revoked = f"revoked: {{date: {day(10)}, by: {CAROL}, reason: found}}\nrequester:"
    yard.edit("requester:", revoked, ago=10)
    folder = packed(yard, tmp_path)
    versions = sorted((folder / "versions").iterdir())
    assert [("KSV012" in path.read_text()) for path in versions] == [True, False]
    assert str(day(40)) in versions[0].name
    proofs = read(folder, "decisions.json")
    assert [proof["counts"] for proof in proofs] == [False, True]
    assert "ended on" in proofs[0]["why_not"]
    kinds = [event["kind"] for event in read(folder, "history.json")]
    assert kinds == ["requested", "approved", "merged", "amended", "approved", "revoked"]
    assert read(folder, "exception.json")["exception"]["status"] == "revoked"
    done = followed(folder)
    assert done.returncode == 0, done.stderr
    assert "names that somebody wrote" in (folder / "README.md").read_text().replace("\n", " ")


def test_findings_that_the_scope_covers(tmp_path: Path) -> None:
    yard = Yard(tmp_path / "register")
    yard.active(ago=9, requested=day(9))
    report = tmp_path / "trivy.json"
    report.write_text(trivy_report({}, {"check": "KSV001"}, {"namespace": "shop"}))
    folder = packed(yard, tmp_path, str(report))
    (found,) = read(folder, "findings.json")
    assert found["findings"] == 3
    assert [(f["check"], f["namespace"]) for f in found["covered"]] == [("KSV012", "billing")]
    assert not (packed(yard, tmp_path / "desk") / "findings.json").exists()


def test_the_same_commit_date_and_reports_give_the_same_bytes(signing: Yard, tmp_path: Path) -> None:
    arguments = ("EXC-001", "--as-of", str(day(2)), "--out")
    for name in ("one.zip", "two.zip"):
        run_cli("pack", *arguments, str(tmp_path / name), cwd=signing.directory)
    other = run_cli("pack", *arguments, str(tmp_path / "three.zip"), cwd=signing.clone())
    assert other.code == 0
    one, two, three = ((tmp_path / f"{name}.zip").read_bytes() for name in ("one", "two", "three"))
    assert one == two == three
    with zipfile.ZipFile(io.BytesIO(one)) as zipped:
        names = [entry.filename for entry in zipped.infolist()]
        assert names == sorted(names)
        assert {entry.date_time[0] for entry in zipped.infolist()} == {1980}


def test_the_charter_s_secret_key_stays_in_the_register(tmp_path: Path) -> None:
    key = "ab" * 20
    for number, text in enumerate(
        (f"secret_key: {key}\n", f"secret_key: >-\n  {key}\n", f'"secret_key": "{key}"\n')
    ):
        root = tmp_path / str(number)
        root.mkdir()
        yard = Yard(root / "register", charter(text))
        yard.active(ago=9, requested=day(9))
        folder = packed(yard, root)
        for path in folder.rglob("*"):
            assert path.is_dir() or key.encode() not in path.read_bytes(), path
        assert followed(folder).returncode == 0
        assert "roles:" in (folder / "charter" / "charter-without-key.yaml").read_text()


def test_an_archive_of_what_was_and_of_what_never_was(signing: Yard, tmp_path: Path) -> None:
    signing.commit({RECORD: None}, ago=5)
    folder = packed(signing, tmp_path)
    assert read(folder, "exception.json")["exception"]["status"] == "closed"
    assert not (folder / "record.md").exists()
    assert followed(folder).returncode == 0
    done = run_cli("pack", "EXC-009", cwd=signing.directory)
    assert done.code == 2
    assert "holds no EXC-009" in done.err
