"""Ports of loopback, for servers that must be told theirs."""

from __future__ import annotations

import socket
import sys
from types import TracebackType


class Port:
    """A port that is ours until it is closed: bound but not listened on, so that nobody else is given it.

    A server that is told its number and sets SO_REUSEADDR, as servers do, can listen on it meanwhile. Only
    Linux lets it; elsewhere the port is free from the start, and somebody may be faster.
    """

    def __init__(self) -> None:
        self._held = socket.socket()
        self._held.bind(("127.0.0.1", 0))
        self.number = int(self._held.getsockname()[1])
        if sys.platform == "linux":
            self._held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        else:
            self._held.close()

    def __enter__(self) -> int:
        return self.number

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Lets go of it."""
        self._held.close()
