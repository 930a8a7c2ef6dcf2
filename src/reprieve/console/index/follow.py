"""Keeps the index with the register while the console serves: one thread in each worker process."""

from __future__ import annotations

import logging
import threading
import time

from django.db import close_old_connections

from reprieve.console.config import config
from reprieve.console.history import posture, record
from reprieve.console.index.glance import state
from reprieve.console.index.sync import sync
from reprieve.console.index.turns import turn

_LOG = logging.getLogger("reprieve.console")
_EARLY = 0.9
"""The part of the pause after which another look is due, whoever had the last one."""


class Follower(threading.Thread):
    """Looks at the register every `sync_seconds`, and at once when `nudge` is called."""

    def __init__(self) -> None:
        super().__init__(name="follower", daemon=True)
        self._nudged = threading.Event()
        self._stopped = False

    def run(self) -> None:
        """Until the process ends; an error of one look does not end the next."""
        while not self._stopped:
            try:
                close_old_connections()
                self._look()
            except Exception:
                _LOG.exception("sync failed")
            self._nudged.wait(config().sync_seconds)
            self._nudged.clear()

    def _look(self) -> None:
        """Unless another process has just done so."""
        with turn("follow", wait=0) as mine:
            if mine and time.time() - state().looked_at >= config().sync_seconds * _EARLY:
                sync()
                record.follow()
                posture.follow()

    def nudge(self) -> None:
        """Look now."""
        self._nudged.set()

    def stop(self) -> None:
        """No more looks."""
        self._stopped = True
        self._nudged.set()
