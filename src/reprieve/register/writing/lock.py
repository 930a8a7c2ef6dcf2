"""One writer at a time in one clone: git's own locks fail at once, ours waits.

Between clones, compare-and-swap decides; this is only about processes that share refs, the index and the
working tree of the same one.
"""

from __future__ import annotations

import hashlib
import threading
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from reprieve.register.locate import cache_directory

_threads: defaultdict[Path, threading.RLock] = defaultdict(threading.RLock)
_held: set[Path] = set()
"""The locks that this process holds: a step within a step of the same clone is let in."""


class CloneLock:
    """A context that can be entered again and again, by one process and thread at a time.

    Where the platform has no `flock`, or the cache cannot be written, it keeps out threads only.
    """

    def __init__(self, where: str | None) -> None:
        place = where if where and not Path(where).is_dir() else _clone_around(Path(where or ".").resolve())
        self._path = cache_directory() / "locks" / hashlib.sha256(place.encode()).hexdigest()[:20]

    def __enter__(self) -> None:
        self._held = _locked(self._path)
        self._held.__enter__()

    def __exit__(self, *_: object) -> None:
        self._held.__exit__(None, None, None)


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    with _threads[path]:
        if path in _held:
            yield
            return
        _held.add(path)
        try:
            with _file_lock(path):
                yield
        finally:
            _held.discard(path)


@contextmanager
def _file_lock(path: Path) -> Iterator[None]:
    try:
        import fcntl

        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        file = path.open("w")
    except (ImportError, OSError):
        yield
        return
    with file:
        fcntl.flock(file, fcntl.LOCK_EX)  # released when the file is closed
        yield


def _clone_around(directory: Path) -> str:
    """The top of the working tree that a folder is in, so that its subfolders share a lock."""
    for parent in (directory, *directory.parents):
        if (parent / ".git").exists():
            return str(parent)
    return str(directory)
