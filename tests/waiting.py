"""Waiting for a state, never for a time: on a slow machine a test takes longer, and means the same."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

PATIENCE = 180
"""Seconds after which what has not come will not: far beyond what anything takes on a busy machine."""
Seen = TypeVar("Seen")


def until(look: Callable[[], Seen], what: str) -> Seen:
    """Looks again and again until there is something true to see, and gives that."""
    end = time.monotonic() + PATIENCE
    while not (seen := look()):
        assert time.monotonic() < end, f"never came: {what}"
        time.sleep(0.05)
    return seen


@contextmanager
def work_within(seconds: float) -> Iterator[None]:
    """Fails when what is done takes more: CPU time, of this process and of those that it has waited for."""
    before = sum(os.times()[:4])
    yield
    spent = sum(os.times()[:4]) - before
    assert spent < seconds, f"{spent:.1f} s of work, where {seconds} are allowed"
