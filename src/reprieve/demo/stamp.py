"""What says that a directory was made by `reprieve demo`, by which version and when."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import msgspec

from reprieve.demo.build import CLONE, REMOTE
from reprieve.demo.estate import ESTATE
from reprieve.errors import UsageError
from reprieve.version import __version__

_NAME = "reprieve-demo.json"
_GOOD_FOR = dt.timedelta(days=1)
"""The story is told in days before today, so it goes stale as days go by."""


class _Stamp(msgspec.Struct):
    version: str
    built: dt.datetime | None
    """None while it is being built, and for ever when that was interrupted."""


def is_fresh(directory: Path, now: dt.datetime) -> bool:
    """Whether the directory holds a whole demo of this version that is not older than a day.

    Errors: `UsageError` when it holds anything that `reprieve demo` did not make.
    """
    if not directory.exists() or not any(directory.iterdir()):
        return False
    stamp = _read(directory)
    if stamp is None:
        raise UsageError(
            "this directory was not made by `reprieve demo`, which would overwrite it",
            where=str(directory),
            hint="choose another one: reprieve demo --directory DIR",
        )
    whole = stamp.built is not None and all((directory / name).is_dir() for name in (REMOTE, CLONE, ESTATE))
    return bool(whole and stamp.version == __version__ and stamp.built and _is_recent(stamp.built, now))


def write(directory: Path, built: dt.datetime | None) -> None:
    """Marks the directory as ours: with None before the build, with the moment after it."""
    directory.mkdir(parents=True, exist_ok=True)
    (directory / _NAME).write_bytes(msgspec.json.encode(_Stamp(__version__, built)) + b"\n")


def _is_recent(built: dt.datetime, now: dt.datetime) -> bool:
    return dt.timedelta() <= now - built <= _GOOD_FOR


def _read(directory: Path) -> _Stamp | None:
    try:
        return msgspec.json.decode((directory / _NAME).read_bytes(), type=_Stamp)
    except (OSError, msgspec.DecodeError):
        return None
