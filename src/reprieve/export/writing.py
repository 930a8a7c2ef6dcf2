"""Exports on disk: written when they differ, compared with `--check`.

A file is replaced as a whole. Files of a folder that a former export wrote and that are not written any
more are removed, by the mark in their first line; nothing else is touched.
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from reprieve.errors import UsageError
from reprieve.export.texts import MARK

_LINES = 40
"""Of a difference that are shown."""


class Drift(NamedTuple):
    """A file that is not what the register says."""

    path: Path
    change: str
    """`missing`, `differs`, `no longer wanted`."""
    lines: tuple[str, ...] = ()
    """A unified diff from the file to the register, shortened."""


def drifts(out: Path, files: Mapping[str, str]) -> list[Drift]:
    """What is on disk and should be otherwise. Errors: `UsageError` for what cannot be read."""
    found = []
    for name, text in files.items():
        path = out / name if name else out
        there = _read(path)
        if there is None:
            found.append(Drift(path, "missing"))
        elif there != text:
            found.append(Drift(path, "differs", _difference(path, there, text)))
    return found + [Drift(path, "no longer wanted") for path in _stale(out, files)]


def write(out: Path, files: Mapping[str, str]) -> list[Drift]:
    """Makes the disk what it should be; gives what was not. Errors: `UsageError`."""
    changed = drifts(out, files)
    try:
        for drift in changed:
            if drift.change == "no longer wanted":
                drift.path.unlink()
                continue
            name = drift.path.relative_to(out).as_posix() if drift.path != out else ""
            drift.path.parent.mkdir(parents=True, exist_ok=True)
            drift.path.write_text(files[name], encoding="utf-8", newline="\n")
    except OSError as error:
        raise UsageError(f"cannot be written: {error.strerror}", where=str(out)) from None
    return changed


def inside(folder: Path, path: str) -> Path:
    """A path of the charter's below a folder. Errors: `UsageError` for one that a link leads out of it."""
    found = folder / path
    if not found.resolve().is_relative_to(folder.resolve()):
        raise UsageError("leads out of the folder that exports are written to", where=path)
    return found


def _read(path: Path) -> str | None:
    try:
        return path.read_bytes().decode("utf-8", "replace")
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise UsageError(f"cannot be read: {error.strerror}", where=str(path)) from None


def _stale(out: Path, files: Mapping[str, str]) -> list[Path]:
    if "" in files or not out.is_dir():
        return []
    wanted = {out / name for name in files}
    return [
        path
        for path in sorted(out.rglob("*"))
        if path not in wanted and path.is_file() and not path.is_symlink() and _is_ours(path)
    ]


def _is_ours(path: Path) -> bool:
    with path.open("rb") as file:
        return MARK.encode() in file.readline(200)


def _difference(path: Path, there: str, wanted: str) -> tuple[str, ...]:
    lines = list(
        difflib.unified_diff(
            there.splitlines(), wanted.splitlines(), f"{path}", "the register", lineterm="", n=1
        )
    )
    more = len(lines) - _LINES
    return tuple(lines if more <= 0 else [*lines[:_LINES], f"… and {more} lines more"])
