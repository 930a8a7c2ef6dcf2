"""The cache is a convenience: nothing in it can be older, other or worse than what git says."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from tests.register.build import Key, Yard, excepts, gate, refusal, signers
from tests.register.scenes import signing_yard


def cached(kind: str = "judged") -> list[Path]:
    """The judged registers, or the signatures, that are kept."""
    return sorted(Path(os.environ["REPRIEVE_CACHE_DIR"]).glob(f"{kind}/*"))


def test_the_second_run_says_the_same_from_the_cache(yard: Yard) -> None:
    yard.active()
    first = yard.gate().json()
    (kept,) = cached()
    written = kept.stat().st_mtime_ns
    second = yard.gate().json()
    assert (first["findings"], first["exceptions"]) == (second["findings"], second["exceptions"])
    assert kept.stat().st_mtime_ns == written


def test_a_new_commit_is_seen_at_once(yard: Yard) -> None:
    yard.active()
    assert excepts(yard.gate())
    yard.edit("KSV012", "KSV001")
    assert not excepts(yard.gate())


def test_a_new_branch_is_seen_at_once(yard: Yard) -> None:
    assert yard.gate().json()["findings"][0]["disposition"] == "open"
    yard.ask()
    assert yard.gate().json()["findings"][0]["disposition"] == "pending"


def test_another_pin_is_another_judgement(yard: Yard) -> None:
    yard.active()
    assert excepts(yard.gate())
    assert yard.gate("--charter-root", "sha256:" + "0" * 64).code == 2


def nothing(path: Path) -> None:
    path.write_bytes(b"")


def garbage(path: Path) -> None:
    path.write_bytes(b"\xc1 not messagepack" * 100)


def half(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-40])


def other_type(path: Path) -> None:
    path.write_bytes(msgspec.msgpack.encode({"commit": "x", "cases": "y"}))


def folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def broken_link(path: Path) -> None:
    path.unlink()
    path.symlink_to("nowhere")


def unreadable_text(path: Path) -> None:
    content = path.read_bytes()
    path.write_bytes(content.replace(b"EXC-001", b"EXC-\xff\xfe1"))


@pytest.mark.parametrize("damage", [nothing, garbage, half, other_type, folder, broken_link, unreadable_text])
def test_a_cache_that_cannot_be_read_is_ignored(yard: Yard, damage: Callable[[Path], None]) -> None:
    yard.active()
    assert excepts(yard.gate())
    (kept,) = cached()
    damage(kept)
    assert excepts(yard.gate())
    yard.edit("KSV012", "KSV001")
    assert not excepts(yard.gate())


def test_the_judgement_of_another_commit_under_this_one_s_name_is_ignored(yard: Yard) -> None:
    yard.active()
    assert excepts(yard.gate())
    (before,) = cached()
    yard.edit("KSV012", "KSV001")
    assert not excepts(yard.gate())
    (after,) = [path for path in cached() if path != before]
    shutil.copy(before, after)
    assert not excepts(yard.gate())


def test_the_judgement_of_another_register_under_this_one_s_name_is_ignored(yard: Yard) -> None:
    other = Yard(yard.directory.with_name("other"))
    other.active()
    assert excepts(other.gate())
    (theirs,) = cached()
    assert not excepts(yard.gate())
    (ours,) = [path for path in cached() if path != theirs]
    shutil.copy(theirs, ours)
    assert not excepts(yard.gate())


@pytest.mark.parametrize("damage", [nothing, garbage, half, other_type, folder, broken_link, unreadable_text])
def test_remembered_signatures_that_cannot_be_read_are_verified_again(
    yard: Yard, keys: dict[str, Key], damage: Callable[[Path], None]
) -> None:
    yard = signing_yard(yard, keys, signers(sam=keys["sam"]))
    yard.active(key=keys["sam"])
    assert excepts(yard.gate())
    for kept in cached("signatures"):
        damage(kept)
    yard.commit({"README.md": "Other work.\n"})
    assert excepts(yard.gate())


def test_a_run_without_ssh_keygen_is_not_remembered(
    yard: Yard, keys: dict[str, Key], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    yard = signing_yard(yard, keys, signers(sam=keys["sam"]))
    yard.active(key=keys["sam"])
    path = os.environ["PATH"]
    (tmp_path / "bin").mkdir()
    for name in ("git", "false", "sh"):
        (tmp_path / "bin" / name).symlink_to(shutil.which(name) or name)
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    without = yard.gate()
    assert without.code == 2 or not excepts(without)
    monkeypatch.setenv("PATH", path)
    assert excepts(yard.gate())


def test_without_git_there_is_an_error(yard: Yard, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert "git" in refusal(yard.gate())


def test_a_cache_that_cannot_be_written_is_no_reason_to_fail(
    yard: Yard, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    yard.active()
    (tmp_path / "file").write_text("not a folder")
    monkeypatch.setenv("REPRIEVE_CACHE_DIR", str(tmp_path / "file"))
    assert excepts(yard.gate())
    monkeypatch.setenv("REPRIEVE_CACHE_DIR", "/proc/nowhere")
    assert excepts(yard.gate())


def test_the_cache_goes_where_it_is_told_and_only_there(
    yard: Yard, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REPRIEVE_CACHE_DIR", str(tmp_path / "kept"))
    clone = yard.clone()
    gate(clone, "--fetch")
    gate(tmp_path, "--register", f"file://{yard.directory}")
    assert list((tmp_path / "kept" / "judged").iterdir())
    assert list((tmp_path / "kept" / "registers").iterdir())
    assert not list(clone.rglob("*.msgpack"))
    assert (tmp_path / "kept" / "judged").stat().st_mode & 0o077 == 0
    assert (tmp_path / "kept" / "registers").stat().st_mode & 0o077 == 0


def test_an_unfinished_mirror_is_begun_again(
    yard: Yard, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REPRIEVE_CACHE_DIR", str(tmp_path / "kept"))
    address = f"file://{yard.directory}"
    hidden = yard.directory.rename(yard.directory.with_name("hidden"))
    assert gate(tmp_path, "--register", address).code == 2
    assert gate(tmp_path, "--register", address).code == 2
    hidden.rename(yard.directory)
    yard.active()
    assert excepts(gate(tmp_path, "--register", address))
