"""The working tree of a register, as `lint` reads it, and what it grew from.

Nothing else reads it: what is checked out says nothing about what is approved (design section 4, rule 1).
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import msgspec

from reprieve.errors import RegisterError
from reprieve.record.document import MAX_SIZE
from reprieve.register.git import Git, GitError
from reprieve.register.layout import ARCHIVE, CHARTER, FOLDER, REVIEWS, SIGNERS, is_archived
from reprieve.register.register import Register

_KINDS = {
    stat.S_IFLNK: "a symbolic link",
    stat.S_IFDIR: "a folder",
    stat.S_IFIFO: "a named pipe",
    stat.S_IFSOCK: "a socket",
}
_EXAMPLES = f"{FOLDER}/examples"


class File(msgspec.Struct, frozen=True):
    """One file of the register's folder: its content, or why it cannot be one of the register."""

    path: str
    raw: bytes = b""
    fault: str | None = None


class Tree(msgspec.Struct, frozen=True):
    """The register's folder as it is checked out."""

    root: Path
    records: tuple[File, ...]
    """Whatever lies in the folder or its archive and could be a record; by path."""
    charter: File | None
    signers: File | None
    misplaced: tuple[str, ...]
    """What is named like a record but lies deeper, where no record counts."""


class Baseline(msgspec.Struct, frozen=True):
    """Path -> content of the register's files on the protected branch, and where the checkout left it."""

    tip: dict[str, bytes] = {}
    base: dict[str, bytes] = {}

    def is_tip(self, path: str, raw: bytes) -> bool:
        """Whether the protected branch holds the same."""
        return _same(self.tip.get(path), raw)

    def is_base(self, path: str, raw: bytes) -> bool:
        """Whether it is as it was when the checkout left the protected branch: nobody changed it here."""
        return _same(self.base.get(path), raw)


def _same(held: bytes | None, raw: bytes) -> bool:
    """But for line ends, which git may turn when it checks out."""
    return held is not None and held.replace(b"\r\n", b"\n") == raw.replace(b"\r\n", b"\n")


def find_root(start: Path) -> Path:
    """The nearest folder, upwards from `start`, that holds a register's folder.

    Errors: `RegisterError` when there is none up to the top of the repository.
    """
    for folder in (start, *start.parents):
        if (folder / FOLDER).is_dir():
            return folder
        if (folder / ".git").exists():
            break
    raise RegisterError(
        f"no register here: no folder {FOLDER}", where=str(start), hint="start one with `reprieve init`"
    )


def read_tree(root: Path) -> Tree:
    """The register's folder below `root`. Errors: `RegisterError` when a folder cannot be read."""
    for name in ("security", FOLDER, ARCHIVE):
        if (root / name).is_symlink():
            raise RegisterError(
                "a symbolic link: git keeps the link, and the register is not there", where=name
            )
    keeps_modes = _keeps_modes(root)
    records = [
        _read(root, path, keeps_modes)
        for folder in (FOLDER, ARCHIVE)
        for path in _names(root, folder)
        if path not in (ARCHIVE, REVIEWS, _EXAMPLES, CHARTER, SIGNERS)
    ]
    return Tree(
        root,
        tuple(records),
        _optional(root, CHARTER, keeps_modes),
        _optional(root, SIGNERS, keeps_modes),
        tuple(_misplaced(root)),
    )


def _names(root: Path, folder: str) -> list[str]:
    try:
        names = sorted(entry.name for entry in (root / folder).iterdir())
    except FileNotFoundError:
        return []
    except OSError as error:
        raise RegisterError(f"cannot be read: {error.strerror}", where=folder) from None
    return [f"{folder}/{name}" for name in names]


def _misplaced(root: Path) -> Iterator[str]:
    for folder, _, names in os.walk(root / FOLDER):
        relative = Path(folder).relative_to(root).as_posix()
        if relative in (FOLDER, ARCHIVE) or relative.startswith(_EXAMPLES):
            continue
        yield from (f"{relative}/{name}" for name in sorted(names) if name.upper().startswith("EXC-"))


def _optional(root: Path, path: str, keeps_modes: bool) -> File | None:
    return _read(root, path, keeps_modes) if os.path.lexists(root / path) else None


def _read(root: Path, path: str, keeps_modes: bool) -> File:
    try:
        mode = os.lstat(root / path).st_mode
        if not stat.S_ISREG(mode):
            return File(path, fault=_KINDS.get(stat.S_IFMT(mode), "not a plain file"))
        if keeps_modes and mode & stat.S_IXUSR:
            return File(path, fault="executable (git's mode 100755)")
        with (root / path).open("rb") as stream:
            return File(path, stream.read(MAX_SIZE + 1))
    except OSError as error:
        return File(path, fault=f"unreadable ({error.strerror})")


def _keeps_modes(root: Path) -> bool:
    """Whether an executable file here is one for git; on some file systems every file is."""
    default = "true" if os.name == "posix" else "false"
    kept = Git(root).run("config", "--type=bool", "--default", default, "--get", "core.fileMode")
    return kept.strip() == b"true"


def read_baseline(register: Register, root: Path) -> Baseline:
    """What the protected branch holds, and where the history of the checkout at `root` leaves it."""
    tip = _contents(register.git, register.commit)
    fork = _fork(Git(root), register.commit)
    return Baseline(tip, tip if fork in (None, register.commit) else _contents(Git(root), fork or ""))


def _fork(git: Git, tip: str) -> str | None:
    """None when the checkout has no history with the protected branch in common."""
    try:
        return git.text("merge-base", "HEAD", tip) or None
    except GitError:
        return None


def _contents(git: Git, commit: str) -> dict[str, bytes]:
    listing = git.run("ls-tree", "-r", "-z", "--full-tree", commit, "--", f"{FOLDER}/").decode(
        "utf-8", "surrogateescape"
    )
    blobs: dict[str, str] = {}
    for line in listing.split("\0")[:-1]:
        about, _, path = line.partition("\t")
        _mode, kind, name = about.split(" ")
        folder = path.rpartition("/")[0]
        if kind == "blob" and (folder == FOLDER or is_archived(path)):
            blobs[path] = name
    contents = git.blobs(sorted(set(blobs.values())), MAX_SIZE)
    return {path: contents[name] for path, name in blobs.items()}
