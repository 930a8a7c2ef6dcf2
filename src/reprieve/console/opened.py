"""The register that pages read from: opened once for each state of the index, without a fetch."""

from __future__ import annotations

import functools

from reprieve.console.config import config
from reprieve.console.index.glance import state
from reprieve.console.index.sync import open_register
from reprieve.register.register import Register


def opened() -> Register:
    """The register at what the index was made from, or newer. Errors: `RegisterError`."""
    known = state()
    return _opened(config().register, known.commit, known.branches)


@functools.lru_cache(maxsize=1)
def _opened(_where: str, _commit: str, _branches: str) -> Register:
    """Kept while nothing moves: a large register takes a moment to load."""
    return open_register(fetch=False)
