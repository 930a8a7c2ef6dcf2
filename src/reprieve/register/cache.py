"""Judged registers on disk, keyed by what they were judged from, so that nothing in them can be stale.

The key holds the protected commit, the tips of the unmerged branches, the pinned charter and the version
of this program. A file that cannot be read is judged again.
"""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import TypeVar

import msgspec

from reprieve.collector import gc_paused
from reprieve.register.snapshot import Branch, Snapshot
from reprieve.version import __version__

_KEEP = 20
_FORMAT = 4


def path_of(folder: Path, tip: str, branches: Sequence[Branch], root: str | None) -> Path:
    """Where the snapshot for these inputs is kept."""
    key = msgspec.json.encode([_FORMAT, __version__, tip, sorted(branches), root])
    return folder / "judged" / f"{hashlib.sha256(key).hexdigest()[:40]}.msgpack"


def load(path: Path, tip: str) -> Snapshot | None:
    """The snapshot of `tip` at `path`, None when there is none that can be read."""
    snapshot = kept(path, Snapshot)
    return snapshot if snapshot is not None and snapshot.commit == tip else None


T = TypeVar("T")


def kept(path: Path, shape: type[T]) -> T | None:
    """What `keep` wrote there, None when there is nothing of that shape that can be read."""
    try:
        with gc_paused():
            return msgspec.msgpack.decode(path.read_bytes(), type=shape)
    except (OSError, ValueError, msgspec.DecodeError, RecursionError):
        return None


def keep(path: Path, item: object) -> None:
    """Writes a file, atomically, and drops the oldest beside it; one that cannot be written is no failure."""
    import os
    import tempfile

    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle, name = tempfile.mkstemp(dir=path.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(msgspec.msgpack.encode(item))
        Path(name).replace(path)
        files = sorted(path.parent.glob("*.msgpack"), key=lambda file: file.stat().st_mtime, reverse=True)
        for old in files[_KEEP:]:
            old.unlink(missing_ok=True)
