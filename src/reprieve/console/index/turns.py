"""One at a time: what only one of all worker processes may do at once.

An advisory lock of PostgreSQL, or a lock on a file beside the SQLite database: both end with whoever holds
them. (Behind PgBouncer, pool by session.)
"""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import connection

from reprieve.console.config import config

_PAUSE = 0.05


@contextmanager
def turn(name: str, *, wait: float) -> Iterator[bool]:
    """Within it, whether this is the only one; not to be begun inside a transaction, nor inside itself.

    Args:
        name: of what is done.
        wait: seconds until it is given up.
    """
    hold = _holds_key if connection.vendor == "postgresql" else _holds_file
    with hold(name, wait) as held:
        yield held


def hold_cases() -> None:
    """Until the transaction ends, nobody else writes rows of exceptions: they are written in any order."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_key("cases")])


def _key(name: str) -> int:
    return int.from_bytes(hashlib.sha256(f"reprieve {name}".encode()).digest()[:8], signed=True)


@contextmanager
def _holds_key(name: str, wait: float) -> Iterator[bool]:
    key = _key(name)
    held = _patiently(lambda: _asked("SELECT pg_try_advisory_lock(%s)", key), wait)
    try:
        yield held
    finally:
        if held and connection.connection is not None and not connection.connection.closed:
            _asked("SELECT pg_advisory_unlock(%s)", key)


def _asked(statement: str, key: int) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(statement, [key])
        row = cursor.fetchone()
    return bool(row and row[0])


@contextmanager
def _holds_file(name: str, wait: float) -> Iterator[bool]:
    import fcntl

    home = config().home
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    descriptor = os.open(home / f"{name}.lock", os.O_CREAT | os.O_RDWR, 0o600)

    def attempt() -> bool:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    try:
        yield _patiently(attempt, wait)
    finally:
        os.close(descriptor)


def _patiently(attempt: Callable[[], bool], wait: float) -> bool:
    end = time.monotonic() + wait
    while not attempt():
        if time.monotonic() >= end:
            return False
        time.sleep(_PAUSE)
    return True
