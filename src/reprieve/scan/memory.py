"""What came of each unit the last time, so that an unchanged tree is scanned almost at once.

One file for each set of paths and everything that the outcome depends on beside them: policies, data,
options and the version of this program. Within it a unit is found by its content. What had a fault is not
remembered.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import msgspec

from reprieve.policy.bundle import Bundle
from reprieve.register.cache import keep, kept
from reprieve.scan.model import Header, Outcome, Unit
from reprieve.version import __version__

_FORMAT = 4


class Memory(msgspec.Struct):
    """Outcomes by the key of their unit."""

    key: str
    """Of the grounds that it rests on: what is found under another's name is not believed."""
    header: Header
    outcomes: dict[bytes, Outcome]


def key_of(unit: Unit) -> bytes:
    """A digest of all that a unit is: its files' names, kinds and text."""
    digest = hashlib.sha256(b"combined" if unit.combined else b"")
    for source in unit.sources:
        text = source.text.encode("utf-8", "surrogatepass")
        head = f"{source.path}\0{source.kind}\0{source.secrets}\0{source.undecoded}\0{len(text)}\0"
        digest.update(head.encode("utf-8", "surrogateescape"))
        digest.update(text)
    return digest.digest()


def place(folder: Path, *grounds: object) -> Path:
    """The file for a scan that rests on these grounds."""
    key = repr((_FORMAT, __version__, *grounds))
    return (
        folder
        / "scans"
        / f"{hashlib.sha256(key.encode('utf-8', 'surrogateescape')).hexdigest()[:40]}.msgpack"
    )


def recall(path: Path) -> Memory | None:
    """What was remembered there; None when nothing was, or it cannot be read."""
    found = kept(path, Memory)
    return found if found is not None and found.key == path.stem else None


def bundle(folder: Path, packs: Sequence[str], digest: str, load: Callable[[], Bundle]) -> Bundle:
    """A bundle that was parsed before, by packs and the digest of files; else parsed now, and kept."""
    path = folder / "bundles" / "-".join((str(_FORMAT), __version__, *packs, f"{digest[:40]}.msgpack"))
    parsed = kept(path, Bundle)
    if parsed is not None:
        return parsed
    found = load()
    if not found.faults:
        keep(path, found)
    return found


def remember(path: Path, header: Header, outcomes: Iterable[tuple[bytes, Outcome]]) -> None:
    """Keeps these outcomes and no others, atomically; what cannot be written is no reason to fail."""
    keep(path, Memory(path.stem, header, {key: outcome for key, outcome in outcomes if not outcome.faults}))
