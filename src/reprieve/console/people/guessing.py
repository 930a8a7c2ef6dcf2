"""Whoever guesses at secrets is slowed down: so many misses a minute from one address, then a pause.

Secrets here have 256 bits, so that no guess ever hits; this only keeps guesses from costing us anything. It
counts in each worker process for itself.
"""

from __future__ import annotations

from django.core.cache import cache

MISSES = 30
"""In one minute, from one address."""
_PAUSE = 60


def is_paused(kind: str, address: str) -> bool:
    """Whether this address has missed too often of late."""
    return int(cache.get(_key(kind, address), 0)) >= MISSES


def missed(kind: str, address: str) -> None:
    """Counts a wrong guess."""
    key = _key(kind, address)
    if not cache.add(key, 1, _PAUSE):
        try:
            cache.incr(key)
        except ValueError:  # it ran out in between
            cache.add(key, 1, _PAUSE)


def _key(kind: str, address: str) -> str:
    return f"missed-{kind}-{address.replace(' ', '')}"
